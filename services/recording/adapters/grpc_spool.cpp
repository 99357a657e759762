// Unary calls with the default deadline; a journal is read in one stream of at most ten minutes.
#include "recording/adapters/grpc_spool.hpp"

#include <google/protobuf/util/time_util.h>
#include <sys/mman.h>

#include "media/frame.hpp"
#include "media/journal.hpp"
#include "recording/adapters/descriptor.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::recording {
namespace {

using google::protobuf::util::TimeUtil;

constexpr std::chrono::minutes kReadLimit{10};

// A file that exists in memory only. The media library works on paths, and Linux gives it one.
class MemoryFile {
 public:
    explicit MemoryFile(const char* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {}
    const Descriptor& descriptor() const { return descriptor_; }
    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_.number()); }

 private:
    Descriptor descriptor_;
};

Error NoMemory() {
    return {Code::kResourceExhausted, "NO_MEMORY", "there is no memory for the journal; it is tried again"};
}

class MemoryAudio final : public Audio {
 public:
    explicit MemoryAudio(MemoryFile wav) : wav_(std::move(wav)) {}
    Result<size_t> Read(std::span<uint8_t> buffer) override { return wav_.descriptor().ReadAll(buffer); }

 private:
    MemoryFile wav_;
};

}  // namespace

Result<std::vector<Recording>> GrpcSpool::List() {
    grpc::ClientContext context;
    rpc::SetDeadline(context);
    trunk::v1::ListJournalsResponse response;
    const grpc::Status status = stub_->ListJournals(&context, {}, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    std::vector<Recording> recordings;
    for (const trunk::v1::Journal& journal : response.journals()) {
        Recording recording;
        recording.id = RecordingId{journal.recording_id()};
        recording.contact = ContactId{journal.contact_id()};
        recording.call = CallId{journal.call_id()};
        recording.start = FromUnixMillis(TimeUtil::TimestampToMilliseconds(journal.start_time()));
        recording.duration = std::chrono::milliseconds(TimeUtil::DurationToMilliseconds(journal.duration()));
        recordings.push_back(std::move(recording));
    }
    return recordings;
}

Status GrpcSpool::Free(const RecordingId& id) {
    grpc::ClientContext context;
    rpc::SetDeadline(context);
    trunk::v1::FreeJournalRequest request;
    request.set_recording_id(id.str());
    google::protobuf::Empty response;
    const grpc::Status status = stub_->FreeJournal(&context, request, &response);
    return status.ok() ? Status() : Status(rpc::FromGrpc(status));
}

Result<std::unique_ptr<Audio>> GrpcSpool::Make(const RecordingId& id) {
    const MemoryFile journal("journal");
    MemoryFile wav("wav");
    if (!journal.descriptor().ok() || !wav.descriptor().ok()) return NoMemory();
    grpc::ClientContext context;
    rpc::SetDeadline(context, kReadLimit);
    trunk::v1::ReadJournalRequest request;
    request.set_recording_id(id.str());
    const auto stream = stub_->ReadJournal(&context, request);
    trunk::v1::ReadJournalResponse response;
    while (stream->Read(&response)) {
        const auto* bytes = reinterpret_cast<const uint8_t*>(response.chunk().data());
        if (!journal.descriptor().WriteAll({bytes, response.chunk().size()})) {
            context.TryCancel();
            return NoMemory();
        }
    }
    if (const grpc::Status status = stream->Finish(); !status.ok()) return rpc::FromGrpc(status);
    const auto report = media::RenderWav(journal.path(), wav.path());
    if (!report) return report.error();
    auto audio = std::make_unique<MemoryAudio>(std::move(wav));
    audio->duration = std::chrono::milliseconds(report->length / media::kSamplesPerMilli);
    audio->gaps = static_cast<uint32_t>(report->damaged + (report->gap_samples > 0 ? 1 : 0));
    return std::unique_ptr<Audio>(std::move(audio));
}

}  // namespace trunkline::recording
