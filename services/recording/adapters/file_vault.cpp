// Written aside, synced, renamed, and the folder synced: after Keep the file is there even when the power goes.
#include "recording/adapters/file_vault.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "recording/adapters/descriptor.hpp"

namespace trunkline::recording {
namespace {

constexpr std::string_view kMagic = "TLV1";
constexpr size_t kPartBytes = 65536;
constexpr size_t kHeaderBytes = 4 + 12 + 32 + kTagBytes;

// What a data key is bound to.
std::string ContextOf(const RecordingId& id) { return std::string(kMagic) + id.str(); }

Nonce PartNonce(uint32_t number, bool last) {
    Nonce nonce{};
    for (size_t i = 0; i < 4; ++i) nonce[7 + i] = static_cast<uint8_t>(number >> (24 - 8 * i));
    nonce[11] = last ? 1 : 0;
    return nonce;
}

Error NotWritten(const std::filesystem::path& path) {
    return {Code::kUnavailable, "VAULT_NOT_WRITTEN", "cannot write " + path.string() + ": " + std::strerror(errno)};
}

Error Altered(const RecordingId& id) {
    return {Code::kDataLoss, "RECORDING_ALTERED",
            "the file of recording " + id.str() + " is damaged, was altered, or belongs to another key"};
}

// SHA-256 piece by piece.
class Digest {
 public:
    Digest() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
    void Add(std::span<const uint8_t> bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
    std::string Hex() {
        std::array<uint8_t, 32> digest{};
        EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
        return ToHex(digest);
    }

 private:
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

// One part after the other; a part is written when the next one is known to exist, because the last is marked.
Result<Kept> WriteParts(const Descriptor& file, const Key& key, Audio& audio, const std::filesystem::path& path) {
    Digest digest;
    Kept kept;
    Bytes part(kPartBytes);
    Bytes next(kPartBytes);
    auto filled = audio.Read(part);
    if (!filled) return filled.error();
    for (uint32_t number = 0;; ++number) {
        const auto following = *filled < kPartBytes ? Result<size_t>(size_t{0}) : audio.Read(next);
        if (!following) return following.error();
        const std::span<const uint8_t> plain(part.data(), *filled);
        digest.Add(plain);
        kept.size_bytes += static_cast<int64_t>(plain.size());
        const bool last = *following == 0;
        if (!file.WriteAll(Seal(key, PartNonce(number, last), "", plain))) return NotWritten(path);
        if (last) break;
        part.swap(next);
        filled = following;
    }
    kept.sha256 = digest.Hex();
    return kept;
}

bool SyncFolder(const std::filesystem::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return descriptor.ok() && ::fsync(descriptor.number()) == 0;
}

Bytes Header(const Key& vault_key, const Key& data_key, const RecordingId& id) {
    Bytes header(kMagic.begin(), kMagic.end());
    const Nonce nonce = RandomNonce();
    header.insert(header.end(), nonce.begin(), nonce.end());
    const Bytes sealed = Seal(vault_key, nonce, ContextOf(id), data_key);
    header.insert(header.end(), sealed.begin(), sealed.end());
    return header;
}

std::optional<Key> DataKey(const Key& vault_key, const Bytes& header, const RecordingId& id) {
    if (header.size() != kHeaderBytes || !std::equal(kMagic.begin(), kMagic.end(), header.begin())) return std::nullopt;
    Nonce nonce{};
    std::copy_n(header.begin() + 4, nonce.size(), nonce.begin());
    const auto plain = Unseal(vault_key, nonce, ContextOf(id), std::span(header).subspan(4 + nonce.size()));
    if (!plain) return std::nullopt;
    Key key{};
    std::copy_n(plain->begin(), key.size(), key.begin());
    return key;
}

}  // namespace

FileVault::FileVault(std::filesystem::path directory, Key key) : directory_(std::move(directory)), key_(key) {
    std::filesystem::create_directories(directory_);
}

std::filesystem::path FileVault::PathOf(const RecordingId& id) const {
    const std::string& text = id.str();
    return directory_ / text.substr(text.size() < 2 ? 0 : text.size() - 2) / (text + ".sealed");
}

Result<Kept> FileVault::Keep(const RecordingId& id, Audio& audio) {
    if (!IsSafe(id))
        return Error{Code::kInvalidArgument, "BAD_ID", "the id of a recording must be letters, digits, '-'"};
    const auto aside = PathOf(id).string() + ".part";
    auto kept = Write(id, audio, aside);
    // Half a file on a full disk is room that others need. What follows a sync that failed may be lost, so it is never
    // used.
    if (!kept) ::unlink(aside.c_str());
    return kept;
}

Result<Kept> FileVault::Write(const RecordingId& id, Audio& audio, const std::string& aside) const {
    const auto path = PathOf(id);
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    const Descriptor file(::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.ok()) return NotWritten(aside);
    const Key data_key = RandomKey();
    if (!file.WriteAll(Header(key_, data_key, id))) return NotWritten(aside);
    auto kept = WriteParts(file, data_key, audio, aside);
    if (!kept) return kept;
    if (::fsync(file.number()) != 0) return NotWritten(aside);
    std::filesystem::rename(aside, path, error);
    if (error || !SyncFolder(path.parent_path()) || !SyncFolder(directory_)) return NotWritten(path);
    return kept;
}

Status FileVault::Open(const RecordingId& id, const std::function<bool(std::span<const uint8_t>)>& sink) {
    if (!IsSafe(id)) return Error{Code::kNotFound, "UNKNOWN_RECORDING", "there is no recording " + id.str()};
    const Descriptor file(::open(PathOf(id).c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.ok()) {
        return Error{Code::kDataLoss, "RECORDING_LOST", "the file of recording " + id.str() + " cannot be opened"};
    }
    Bytes buffer(kHeaderBytes);
    buffer.resize(file.ReadAll(buffer));
    const auto key = DataKey(key_, buffer, id);
    struct stat info {};
    if (!key || ::fstat(file.number(), &info) != 0) return Altered(id);
    auto left = static_cast<size_t>(info.st_size) - kHeaderBytes;
    for (uint32_t number = 0;; ++number) {
        buffer.resize(std::min(left, kPartBytes + kTagBytes));
        if (file.ReadAll(buffer) != buffer.size()) return Altered(id);
        left -= buffer.size();
        const auto plain = Unseal(*key, PartNonce(number, left == 0), "", buffer);
        if (!plain) return Altered(id);
        if (!sink(*plain) || left == 0) return {};
    }
}

Status FileVault::Verify(const RecordingId& id, const std::string& sha256) {
    Digest digest;
    const Status read = Open(id, [&](std::span<const uint8_t> part) {
        digest.Add(part);
        return true;
    });
    if (!read) return read;
    return digest.Hex() == sha256 ? Status() : Status(Altered(id));
}

// The data key goes first: a backup of the disk's free blocks holds nothing that could be opened.
Status FileVault::Shred(const RecordingId& id) {
    if (!IsSafe(id)) return Error{Code::kNotFound, "UNKNOWN_RECORDING", "there is no recording " + id.str()};
    const auto path = PathOf(id);
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.ok()) return errno == ENOENT ? Status() : Status(NotWritten(path));
    const Bytes nothing(kHeaderBytes);
    if (!file.WriteAll(nothing) || ::fsync(file.number()) != 0) return NotWritten(path);
    if (::unlink(path.c_str()) != 0 || !SyncFolder(path.parent_path())) return NotWritten(path);
    return {};
}

}  // namespace trunkline::recording
