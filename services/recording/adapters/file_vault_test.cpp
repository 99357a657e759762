// The vault: what goes in comes out, and anything else is noticed.
#include "recording/adapters/file_vault.hpp"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <iterator>

#include "recording/adapters/vault_fixture.hpp"

namespace trunkline::recording {
namespace {

const RecordingId kId{"rec-1"};
const Key kKey = *ParseKey(std::string(64, 'a'));

Bytes ReadFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

void WriteFile(const std::filesystem::path& path, const Bytes& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

// While it lives no file can grow beyond this, as on a full disk.
class DiskOf {
 public:
    explicit DiskOf(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~DiskOf() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

 private:
    rlimit before_{};
    void (*handler_)(int) = SIG_DFL;
};

struct Opened {
    Bytes bytes;
    std::string reason;  // empty: all of it came
};

Opened Open(FileVault& vault, const RecordingId& id = kId) {
    Opened opened;
    const Status status = vault.Open(id, [&](std::span<const uint8_t> part) {
        opened.bytes.insert(opened.bytes.end(), part.begin(), part.end());
        return true;
    });
    if (!status) opened.reason = status.error().reason;
    return opened;
}

}  // namespace

TEST_CASE("vault: audio of any length comes out as it went in", "[recording][vault]") {
    const auto size = GENERATE(as<size_t>{}, 0, 1, 44, 65535, 65536, 65537, 131072, 300000);
    CAPTURE(size);
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    BytesAudio audio(Pattern(size));
    const auto kept = vault.Keep(kId, audio);
    REQUIRE(kept.ok());
    CHECK(kept->size_bytes == static_cast<int64_t>(size));
    const Opened opened = Open(vault);
    CHECK(opened.reason.empty());
    CHECK(opened.bytes == Pattern(size));
}

TEST_CASE("vault: the digest is that of the audio", "[recording][vault]") {
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    BytesAudio audio({'a', 'b', 'c'});
    // FIPS 180-2, appendix B.1.
    CHECK(vault.Keep(kId, audio)->sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("vault: nothing of the audio can be seen in the file, and no two files are alike", "[recording][vault]") {
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    BytesAudio first(Pattern(5000));
    REQUIRE(vault.Keep(kId, first).ok());
    const Bytes file = ReadFile(vault.PathOf(kId));
    const Bytes plain = Pattern(16);
    CHECK(std::search(file.begin(), file.end(), plain.begin(), plain.end()) == file.end());
    BytesAudio second(Pattern(5000));
    REQUIRE(vault.Keep(kId, second).ok());
    CHECK(ReadFile(vault.PathOf(kId)) != file);
    CHECK(Open(vault).bytes == Pattern(5000));
}

TEST_CASE("vault: every flipped bit is noticed", "[recording][vault]") {
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    BytesAudio audio(Pattern(100));
    REQUIRE(vault.Keep(kId, audio).ok());
    const Bytes good = ReadFile(vault.PathOf(kId));
    for (size_t i = 0; i < good.size(); ++i) {
        Bytes bad = good;
        bad[i] ^= static_cast<uint8_t>(1 << (i % 8));
        WriteFile(vault.PathOf(kId), bad);
        const Opened opened = Open(vault);
        REQUIRE(opened.reason == "RECORDING_ALTERED");
        REQUIRE(opened.bytes.empty());
    }
}

TEST_CASE("vault: a cut, longer or reordered file is noticed", "[recording][vault]") {
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    BytesAudio audio(Pattern(3 * 65536));
    REQUIRE(vault.Keep(kId, audio).ok());
    const Bytes good = ReadFile(vault.PathOf(kId));
    constexpr ptrdiff_t kHeader = 64;
    constexpr ptrdiff_t kPart = 65536 + 16;
    Bytes bad = good;
    SECTION("cut within a part") { bad.resize(good.size() - 1); }
    SECTION("cut between two parts") { bad.resize(good.size() - kPart); }
    SECTION("cut to its header") { bad.resize(kHeader); }
    SECTION("cut within its header") { bad.resize(10); }
    SECTION("empty") { bad.clear(); }
    SECTION("longer") { bad.push_back(0); }
    SECTION("first and second part swapped") {
        std::rotate(bad.begin() + kHeader, bad.begin() + kHeader + kPart, bad.begin() + kHeader + 2 * kPart);
    }
    WriteFile(vault.PathOf(kId), bad);
    CHECK(Open(vault).reason == "RECORDING_ALTERED");
}

TEST_CASE("vault: another key or another recording's file opens nothing", "[recording][vault]") {
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    BytesAudio audio(Pattern(100));
    REQUIRE(vault.Keep(kId, audio).ok());
    FileVault other(folder.path, *ParseKey(std::string(64, 'b')));
    CHECK(Open(other).reason == "RECORDING_ALTERED");
    const RecordingId stranger{"rec-01"};
    std::filesystem::create_directories(vault.PathOf(stranger).parent_path());
    std::filesystem::copy_file(vault.PathOf(kId), vault.PathOf(stranger));
    CHECK(Open(vault, stranger).reason == "RECORDING_ALTERED");
}

TEST_CASE("vault: a listener who leaves ends the reading, a missing file is told, a path is no id",
          "[recording][vault]") {
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    BytesAudio audio(Pattern(200000));
    REQUIRE(vault.Keep(kId, audio).ok());
    int parts = 0;
    CHECK(vault.Open(kId, [&](std::span<const uint8_t>) { return ++parts < 2; }).ok());
    CHECK(parts == 2);
    CHECK(Open(vault, RecordingId{"rec-2"}).reason == "RECORDING_LOST");
    CHECK(Open(vault, RecordingId{"../rec-1"}).reason == "UNKNOWN_RECORDING");
    CHECK(vault.Keep(RecordingId{"../rec-1"}, audio).error().reason == "BAD_ID");
}

TEST_CASE("vault: a full disk is told, leaves nothing behind and nothing half, and the next try succeeds",
          "[recording][vault]") {
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    const Bytes bytes = Pattern(300000);
    BytesAudio audio(bytes);
    {
        const DiskOf disk(100000);
        const auto kept = vault.Keep(kId, audio);
        REQUIRE_FALSE(kept.ok());
        CHECK(kept.error().reason == "VAULT_NOT_WRITTEN");
        CHECK(kept.error().code == Code::kUnavailable);  // tried again for ever
    }
    CHECK(std::filesystem::is_empty(vault.PathOf(kId).parent_path()));
    BytesAudio again(bytes);
    REQUIRE(vault.Keep(kId, again).ok());
    CHECK(Open(vault).bytes == bytes);
}

TEST_CASE("vault: what is shredded is gone, key and file, and may be shredded again", "[recording][vault]") {
    const TemporaryFolder folder;
    FileVault vault(folder.path, kKey);
    BytesAudio audio(Pattern(1000));
    REQUIRE(vault.Keep(kId, audio).ok());
    // Whoever still holds the file, as a backup in progress does, holds nothing that opens.
    const auto held = folder.path / "held";
    std::filesystem::create_hard_link(vault.PathOf(kId), held);
    REQUIRE(vault.Shred(kId).ok());
    CHECK(Open(vault).reason == "RECORDING_LOST");
    std::filesystem::copy_file(held, vault.PathOf(kId));
    CHECK(Open(vault).reason == "RECORDING_ALTERED");
    CHECK(vault.Shred(kId).ok());
    CHECK(vault.Shred(kId).ok());
    CHECK(vault.Shred(RecordingId{"../rec-1"}).error().reason == "UNKNOWN_RECORDING");
}

TEST_CASE("vault: a key is 64 hexadecimal digits", "[recording][vault]") {
    CHECK(ParseKey(std::string(64, '0')).ok());
    CHECK(ParseKey(std::string(63, '0')).error().reason == "BAD_KEY");
    CHECK(ParseKey(std::string(63, '0') + "g").error().reason == "BAD_KEY");
}

}  // namespace trunkline::recording
