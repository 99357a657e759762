// Prompts and the spool on a real folder.
#include <catch2/catch.hpp>
#include <fstream>

#include "media/journal.hpp"
#include "media/wav.hpp"
#include "trunk/adapters/gateway_fixture.hpp"

using namespace trunkline;
using namespace trunkline::trunk;
using namespace trunkline::trunk::fixture;

namespace {

std::string BytesOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string WavOf(const Folder& folder, int channels) {
    media::Wav wav;
    wav.channels = channels;
    wav.samples.assign(1600, 100);
    REQUIRE(media::WriteWav(folder.path() / "made.wav", wav).ok());
    return BytesOf(folder.path() / "made.wav");
}

v1::Journal JournalOf(const std::string& recording) {
    v1::Journal journal;
    journal.set_recording_id(recording);
    journal.set_call_id("call");
    journal.set_contact_id("contact");
    return journal;
}

// A journal with one second of audio, as the engine leaves it; `closed` or cut off.
void WriteJournal(const std::filesystem::path& path, bool closed) {
    std::vector<uint8_t> bytes;
    media::EncodeHeader({RecordingId("recording"), 0}, bytes);
    const std::vector<uint8_t> audio(160, 0xD5);
    for (uint64_t at = 0; at < 8000; at += 160) {
        media::EncodeFrame({media::FrameKind::kAudio, media::Side::kLeft, media::Codec::kPcma, 0, at, 160, audio},
                           bytes);
    }
    if (closed) {
        media::JournalFrame frame;
        frame.kind = media::FrameKind::kClose;
        frame.start_sample = 8000;
        media::EncodeFrame(frame, bytes);
    }
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

using Journals = std::vector<v1::Journal>;

}  // namespace

TEST_CASE("prompts: one is stored under its hash and survives a restart", "[trunk][prompts]") {
    const Folder folder;
    const std::string wav = WavOf(folder, 1);
    const std::string id = Sha256(wav);
    {
        PromptStore store(folder.path() / "prompts");
        CHECK_FALSE(store.Has(id));
        REQUIRE(store.Put(id, wav).ok());
        REQUIRE(store.Put(id, wav).ok());
        CHECK(BytesOf(store.PathOf(id)) == wav);
    }
    PromptStore again(folder.path() / "prompts");
    CHECK(again.Has(id));
}

TEST_CASE("prompts: a wrong hash, a wrong format and too much are refused", "[trunk][prompts]") {
    const Folder folder;
    PromptStore store(folder.path() / "prompts");
    const std::string mono = WavOf(folder, 1);
    const std::string stereo = WavOf(folder, 2);
    const std::string large(kMaxPromptBytes + 1, 'x');
    CHECK(store.Put(Sha256(stereo), mono).error().reason == "PROMPT_HASH");
    CHECK(store.Put(Sha256(stereo), stereo).error().reason == "PROMPT_FORMAT");
    CHECK(store.Put(Sha256("no wav"), "no wav").error().reason == "PROMPT_FORMAT");
    CHECK(store.Put(Sha256(large), large).error().reason == "PROMPT_SIZE");
    CHECK_FALSE(store.Has(Sha256(stereo)));
}

TEST_CASE("prompts: SHA-256 as NIST has it", "[trunk][prompts]") {
    CHECK(Sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("spool: a finished journal is told, listed, read from any offset and freed", "[trunk][spool]") {
    const Folder folder;
    Watched<Journals> told;
    Spool spool(folder.path(),
                [&](const v1::Journal& journal) { told.Change([&](Journals& all) { all.push_back(journal); }); });
    spool.Start();
    spool.Begin(JournalOf("recording"));
    WriteJournal(spool.PathOf(RecordingId("recording")), true);
    CHECK(spool.List().empty());
    CHECK(spool.Free(RecordingId("recording")).error().reason == "RECORDING_OPEN");
    spool.Finish(RecordingId("recording"), 8000);
    told.Await([](const Journals& all) { return all.size() == 1; });
    REQUIRE(spool.List().size() == 1);
    CHECK(spool.List()[0].duration().seconds() == 1);
    CHECK(spool.List()[0].contact_id() == "contact");

    const std::string whole = BytesOf(spool.PathOf(RecordingId("recording")));
    CHECK(spool.List()[0].size_bytes() == static_cast<int64_t>(whole.size()));
    CHECK(*spool.Read(RecordingId("recording"), 0, whole.size()) == whole);
    CHECK(*spool.Read(RecordingId("recording"), 100, 10) == whole.substr(100, 10));
    CHECK(spool.Read(RecordingId("recording"), whole.size(), 10)->empty());
    CHECK(spool.Read(RecordingId("nobody"), 0, 10).error().reason == "UNKNOWN_RECORDING");

    CHECK(spool.Free(RecordingId("recording")).ok());
    CHECK(spool.Free(RecordingId("recording")).ok());
    CHECK(spool.List().empty());
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("spool: after a restart what was cut off is closed, and all of it is told again", "[trunk][spool]") {
    const Folder folder;
    {
        Spool spool(folder.path(), [](const v1::Journal&) {});
        spool.Start();
        spool.Begin(JournalOf("cut-off"));
        spool.Begin(JournalOf("finished"));
        WriteJournal(spool.PathOf(RecordingId("cut-off")), false);
        WriteJournal(spool.PathOf(RecordingId("finished")), true);
        spool.Finish(RecordingId("finished"), 8000);
        spool.Stop();
    }
    Watched<Journals> told;
    Spool spool(folder.path(),
                [&](const v1::Journal& journal) { told.Change([&](Journals& all) { all.push_back(journal); }); });
    spool.Start();
    const auto all = told.Await([](const Journals& each) { return each.size() == 2; });
    CHECK(all[0].duration().seconds() == 1);
    CHECK(all[1].duration().seconds() == 1);
    CHECK(spool.List().size() == 2);
}

TEST_CASE("spool: a journal of several files is read as one", "[trunk][spool]") {
    const Folder folder;
    Watched<Journals> told;
    Spool spool(folder.path(),
                [&](const v1::Journal& journal) { told.Change([&](Journals& all) { all.push_back(journal); }); });
    spool.Start();
    spool.Begin(JournalOf("recording"));
    std::ofstream(folder.path() / "recording.journal") << "first";
    std::ofstream(folder.path() / "recording.journal.2") << "second";
    spool.Finish(RecordingId("recording"), 8000);
    told.Await([](const Journals& all) { return !all.empty(); });
    CHECK(*spool.Read(RecordingId("recording"), 0, 100) == "first");
    CHECK(*spool.Read(RecordingId("recording"), 5, 100) == "second");
    CHECK(*spool.Read(RecordingId("recording"), 8, 100) == "ond");
    CHECK(spool.Free(RecordingId("recording")).ok());
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("spool: names that could leave the folder are refused", "[trunk][spool]") {
    CHECK(Spool::IsSafe(RecordingId("018f-abc")));
    CHECK_FALSE(Spool::IsSafe(RecordingId("../etc/passwd")));
    CHECK_FALSE(Spool::IsSafe(RecordingId("")));
    CHECK_FALSE(Spool::IsSafe(RecordingId(std::string(65, 'a'))));
}
