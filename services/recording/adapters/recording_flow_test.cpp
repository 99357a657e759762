// From a journal in a gateway's spool to a downloaded WAV: real gRPC, database, files and encryption.
#include <catch2/catch.hpp>

#include "media/wav.hpp"
#include "metrics/metrics.hpp"
#include "recording/adapters/archive_worker.hpp"
#include "recording/adapters/recording_bench.hpp"
#include "trunkline/acd/v1/events.pb.h"
#include "trunkline/trunk/v1/events.pb.h"

namespace trunkline::recording {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCountStored =
    "SELECT count(*) FROM outbox WHERE type = 'trunkline.recording.v1.RecordingStored'";

}  // namespace

TEST_CASE("recording: a journal becomes a WAV that only a named listener hears", "[recording][database]") {
    RecordingBench bench;
    REQUIRE(bench.archivist->Reconcile(true).ok());
    REQUIRE(*bench.archivist->WorkOnce() == Archivist::Outcome::kStored);
    CHECK(bench.trunk.journals.empty());
    CHECK(bench.Number(kCountStored) == 1);

    v1::GetRecordingRequest request;
    request.set_recording_id(kId);
    v1::Recording recording;
    grpc::ClientContext context;
    REQUIRE(bench.client->GetRecording(&context, request, &recording).ok());
    CHECK(recording.state() == v1::Recording::STORED);
    CHECK(recording.duration().seconds() == 1);
    CHECK(recording.gaps() == 0);
    CHECK(recording.sha256().size() == 64);

    CHECK(bench.Play("", "complaint 7").status.error_details() == "ACTOR_MISSING");
    CHECK(bench.Number("SELECT count(*) FROM plays") == 0);
    const auto download = bench.Play("ann", "complaint 7");
    REQUIRE(download.status.ok());
    CHECK(static_cast<int64_t>(download.wav.size()) == recording.size_bytes());
    const auto wav = media::ParseWav(Bytes(download.wav.begin(), download.wav.end()));
    REQUIRE(wav.ok());
    CHECK(wav->channels == 2);
    CHECK(wav->samples.size() == 16000);
    CHECK(std::abs(wav->samples.at(8000)) > 10000);  // left: the customer
    CHECK(wav->samples.at(8001) == 0);               // right: nobody
    CHECK(bench.Number("SELECT count(*) FROM plays WHERE actor = 'ann' AND reason = 'complaint 7'") == 1);
    REQUIRE(bench.Play("ann", "complaint 7").status.ok());
    CHECK(bench.Number("SELECT count(*) FROM outbox WHERE type = 'trunkline.recording.v1.RecordingPlayed'") == 2);
}

TEST_CASE("recording: what was stored but not freed is freed, and told once", "[recording][database]") {
    RecordingBench bench;
    REQUIRE(bench.archivist->Reconcile(true).ok());
    REQUIRE(*bench.archivist->WorkOnce() == Archivist::Outcome::kStored);
    bench.trunk.journals[kId] = Journal();
    REQUIRE(bench.archivist->Reconcile(false).ok());
    CHECK(bench.trunk.journals.empty());
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kNothingDue);
    CHECK(bench.Number(kCountStored) == 1);
}

TEST_CASE("recording: a gateway that is away delays, a damaged journal fails and stays", "[recording][database]") {
    RecordingBench bench;
    REQUIRE(bench.archivist->Reconcile(true).ok());
    bench.trunk.is_away = true;
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kRetry);
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kNothingDue);
    bench.trunk.is_away = false;
    bench.trunk.journals[kId] = "nothing that a journal could begin with";
    bench.clock.Advance(5min);
    while (*bench.archivist->WorkOnce() == Archivist::Outcome::kRetry) bench.clock.Advance(5min);
    CHECK(bench.Number("SELECT count(*) FROM outbox WHERE type = 'trunkline.recording.v1.RecordingFailed'") == 1);
    CHECK(bench.trunk.journals.size() == 1);
    CHECK(bench.Play("ann", "complaint").status.error_details() == "NOT_STORED");
    bench.trunk.journals[kId] = Journal();
    REQUIRE(bench.archivist->Reconcile(true).ok());
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kStored);
}

TEST_CASE("recording: the gateway's fact announces a recording once", "[recording][database]") {
    RecordingBench bench;
    trunk::v1::RecordingFinished finished;
    finished.set_recording_id(kId);
    finished.set_contact_id("contact");
    finished.mutable_start_time()->set_seconds(1772413200);
    const bus::Received fact{
        "event", "trunk", 1, "contact", finished.GetTypeName(), bench.clock.Now(), finished.SerializeAsString()};
    for (int i = 0; i < 2; ++i) {
        REQUIRE(bench.pool->Run([&](pqxx::work& transaction) { OnFact(transaction, fact); }).ok());
    }
    CHECK(bench.Number("SELECT count(*) FROM recordings WHERE state = 1 AND contact_id = 'contact'") == 1);
    CHECK(*bench.archivist->WorkOnce() == Archivist::Outcome::kStored);
}

TEST_CASE("recording: the worker finds by itself what waits, and stops when asked", "[recording][database]") {
    RecordingBench bench;
    metrics::Registry registry;
    auto& stored = metrics::MakeCounter(registry, "stored", "");
    auto& other = metrics::MakeCounter(registry, "other", "");
    ArchiveWorker worker(*bench.archivist, bench.caretaker, bench.clock, {stored, other, other, other});
    worker.Start();
    worker.Ring();
    const SystemClock real;
    const SteadyTime limit = real.SteadyNow() + 10s;
    while (stored.Value() == 0 && real.SteadyNow() < limit) SleepFor(5ms);
    worker.Stop();
    CHECK(stored.Value() == 1);
    CHECK(bench.Number(kCountStored) == 1);
}

TEST_CASE("recording: lists go page by page, newest first, by contact and time", "[recording][database]") {
    RecordingBench bench;
    std::vector<Recording> recordings(5);
    for (size_t i = 0; i < recordings.size(); ++i) {
        recordings[i].id = RecordingId{"r" + std::to_string(i)};
        recordings[i].contact = ContactId{i % 2 == 0 ? "even" : "odd"};
        recordings[i].start = bench.clock.Now() + i / 2 * 1min;
    }
    REQUIRE(bench.index.Announce(recordings, false, bench.clock.Now()).ok());
    const auto ids = [&](const Search& search) {
        std::string text;
        const auto found = bench.index.List(search);
        for (const Recording& recording : *found) text += recording.id.str() + " ";
        return text;
    };
    CHECK(ids({}) == "r4 r3 r2 r1 r0 ");
    CHECK(ids({"odd", {}, {}, 100, {}}) == "r3 r1 ");
    CHECK(ids({"", bench.clock.Now() + 1min, bench.clock.Now() + 2min, 100, {}}) == "r3 r2 ");
    CHECK(ids({"", {}, {}, 2, {}}) == "r4 r3 ");
    CHECK(ids({"", {}, {}, 2, RecordingId{"r3"}}) == "r2 r1 ");
}

TEST_CASE("recording: recordings are found by the agents and queues that served their contacts",
          "[recording][database]") {
    RecordingBench bench;
    std::vector<Recording> recordings(2);
    for (size_t i = 0; i < recordings.size(); ++i) {
        recordings[i].id = RecordingId{"r" + std::to_string(i)};
        recordings[i].contact = ContactId{"c" + std::to_string(i)};
        recordings[i].start = bench.clock.Now() + i * 1min;
    }
    REQUIRE(bench.index.Announce(recordings, false, bench.clock.Now()).ok());
    const auto serve = [&](const char* contact, const char* agent, const char* queue) {
        acd::v1::AgentSegmentEnded served;
        served.set_contact_id(contact);
        served.set_agent_id(agent);
        served.set_queue_id(queue);
        const bus::Received fact{
            "event", "acd", 1, contact, served.GetTypeName(), bench.clock.Now(), served.SerializeAsString()};
        for (int i = 0; i < 2; ++i) {
            REQUIRE(bench.pool->Run([&](pqxx::work& transaction) { OnFact(transaction, fact); }).ok());
        }
    };
    serve("c0", "1001", "complaints");
    serve("c0", "1002", "complaints");
    serve("c1", "1002", "consultation");
    const auto ids = [&](const std::string& agent, const std::string& queue) {
        v1::ListRecordingsRequest request;
        request.set_agent_id(agent);
        request.set_queue_id(queue);
        v1::ListRecordingsResponse response;
        grpc::ClientContext context;
        REQUIRE(bench.client->ListRecordings(&context, request, &response).ok());
        std::string text;
        for (const auto& recording : response.recordings()) text += recording.recording_id() + " ";
        return text;
    };
    CHECK(ids("", "") == "r1 r0 ");
    CHECK(ids("1001", "") == "r0 ");
    CHECK(ids("1002", "") == "r1 r0 ");
    CHECK(ids("1002", "consultation") == "r1 ");
    CHECK(ids("1001", "consultation").empty());
}

}  // namespace trunkline::recording
