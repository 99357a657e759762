// Files are written aside and renamed, so a prompt is there whole or not at all.
#include "ivr/adapters/file_prompt_shelf.hpp"

#include <openssl/sha.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <iterator>

#include "ivr/adapters/postgres_prompt_rows.hpp"
#include "media/wav.hpp"

namespace trunkline::ivr {
namespace {

constexpr size_t kLargestWav = 3'670'016;  // 3.5 MiB, so that it fits into one message of 4 MiB

std::string Sha256(const Bytes& bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(bytes.data(), bytes.size(), digest.data());
    std::string text;
    for (const unsigned char byte : digest) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

// 8 kHz, 16 bit, mono: what the gateway plays.
Result<uint32_t> DurationMillis(const Bytes& wav) {
    if (wav.size() > kLargestWav) {
        return Error{Code::kInvalidArgument, "WAV_TOO_LARGE", "the prompt is larger than 3.5 MiB; cut it into parts"};
    }
    const auto parsed = media::ParseWav(wav);
    if (!parsed) return parsed.error();
    if (parsed->channels != 1 || parsed->samples.size() * 2 > wav.size()) {
        return Error{Code::kInvalidArgument, "WAV_UNSUPPORTED", "the prompt must be mono with 16 bits a sample"};
    }
    return static_cast<uint32_t>(parsed->samples.size() / 8);
}

// Several threads may keep the same bytes at once; each writes a file of its own and the last rename wins.
Status WriteFile(const std::filesystem::path& path, const Bytes& bytes) {
    static std::atomic<uint64_t> kNext{0};
    const std::filesystem::path aside =
        path.string() + "." + std::to_string(::getpid()) + "." + std::to_string(++kNext) + ".part";
    std::ofstream file(aside, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    std::error_code error;
    if (file) std::filesystem::rename(aside, path, error);
    if (!file || error) {
        std::filesystem::remove(aside, error);
        return Error{Code::kUnavailable, "PROMPT_NOT_WRITTEN",
                     "cannot write " + path.string() + "; look for a full disk or missing rights"};
    }
    return {};
}

}  // namespace

FilePromptShelf::FilePromptShelf(std::filesystem::path directory, std::string engine, db::Pool& pool,
                                 bus::FactWriter& writer)
    : directory_(std::move(directory)), engine_(std::move(engine)), pool_(pool), writer_(writer) {
    std::filesystem::create_directories(directory_);
}

Result<Prompt> FilePromptShelf::Keep(const Bytes& wav, Prompt prompt) {
    const auto duration = DurationMillis(wav);
    if (!duration) return duration.error();
    prompt.id.sha256 = Sha256(wav);
    prompt.duration_millis = *duration;
    if (auto status = WriteFile(PathOf(prompt.id.sha256), wav); !status) return status.error();
    // A caller may be waiting for this prompt, so its row is written behind his back. A row that is lost costs one
    // more speaking of the text.
    writer_.Post(bus::Fact{
        [prompt, engine = engine_](pqxx::work& transaction) { InsertPrompt(transaction, prompt, engine); }, {}});
    return prompt;
}

Result<Bytes> FilePromptShelf::Read(const PromptId& id) {
    std::ifstream file(PathOf(id.sha256), std::ios::binary);
    if (!file) return Error{Code::kNotFound, "PROMPT_NOT_FOUND", "there is no file for the prompt " + id.sha256};
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

// A row that stays names a file that is gone, which List leaves out; a file that stays is written over when it is kept
// anew.
void FilePromptShelf::Drop(const Prompt& prompt, bool file) {
    std::error_code ignored;
    if (file) std::filesystem::remove(PathOf(prompt.id.sha256), ignored);
    writer_.Post(bus::Fact{
        [prompt, engine = engine_](pqxx::work& transaction) { DeletePrompt(transaction, prompt, engine); }, {}});
}

Result<std::vector<Prompt>> FilePromptShelf::List() {
    auto prompts = SelectPrompts(pool_, engine_);
    if (prompts) {
        std::erase_if(*prompts,
                      [&](const Prompt& prompt) { return !std::filesystem::exists(PathOf(prompt.id.sha256)); });
    }
    return prompts;
}

}  // namespace trunkline::ivr
