// Files under prompts.directory.
#include "trunk/adapters/prompt_store.hpp"

#include <openssl/evp.h>

#include <stdexcept>

#include "media/wav.hpp"
#include "trunk/adapters/files.hpp"
#include "trunk/adapters/music.hpp"

namespace trunkline::trunk {

std::string Sha256(const std::string& bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr);
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        constexpr char kDigits[] = "0123456789abcdef";
        text += kDigits[digest[i] >> 4];
        text += kDigits[digest[i] & 15];
    }
    return text;
}

PromptStore::PromptStore(std::filesystem::path directory) : directory_(std::move(directory)) {
    std::error_code error;
    std::filesystem::create_directories(directory_, error);
    if (error) {
        throw std::runtime_error("prompts.directory = " + directory_.string() + " cannot be made: " + error.message());
    }
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
        if (entry.path().extension() == ".wav") {
            known_.insert(entry.path().stem().string());
        }
    }
    const Status music = media::WriteWav(Music(), MakeMusic());
    if (!music.ok()) {
        throw std::runtime_error(music.error().message);
    }
}

Status PromptStore::Put(const std::string& id, const std::string& wav) {
    if (wav.size() > kMaxPromptBytes) {
        return Error{Code::kInvalidArgument, "PROMPT_SIZE", "a prompt has at most 3.5 MiB"};
    }
    if (Sha256(wav) != id) {
        return Error{Code::kInvalidArgument, "PROMPT_HASH", "prompt_id is not the SHA-256 of wav"};
    }
    const auto* bytes = reinterpret_cast<const uint8_t*>(wav.data());
    const auto parsed = media::ParseWav({bytes, wav.size()});
    if (!parsed.ok() || parsed->channels != 1) {
        return Error{Code::kInvalidArgument, "PROMPT_FORMAT",
                     parsed.ok() ? "wav has two channels, one is wanted" : parsed.error().message};
    }
    if (Has(id)) {
        return {};
    }
    const Status written = WriteFileSafely(PathOf(id), wav);
    if (!written.ok()) {
        return written;
    }
    const std::lock_guard lock(mutex_);
    known_.insert(id);
    return {};
}

bool PromptStore::Has(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    return known_.contains(id);
}

}  // namespace trunkline::trunk
