// The API of recordings.
#include "recording/adapters/grpc_recordings.hpp"

#include <google/protobuf/util/time_util.h>

#include <algorithm>

#include "rpc/caller.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::recording {
namespace {

using google::protobuf::util::TimeUtil;

constexpr uint32_t kDefaultPage = 100;
constexpr uint32_t kLargestPage = 500;

void ToProto(const Recording& recording, v1::Recording& message) {
    message.set_recording_id(recording.id.str());
    message.set_contact_id(recording.contact.str());
    message.set_call_id(recording.call.str());
    *message.mutable_start_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(recording.start));
    *message.mutable_duration() = TimeUtil::MillisecondsToDuration(recording.duration.count());
    message.set_state(static_cast<v1::Recording::State>(recording.state));
    message.set_sha256(recording.sha256);
    message.set_size_bytes(recording.size_bytes);
    message.set_gaps(recording.gaps);
    message.set_held(recording.held);
}

Search FromProto(const v1::ListRecordingsRequest& request) {
    Search search;
    search.contact = request.contact_id();
    if (request.has_start_time()) {
        search.from = FromUnixMillis(TimeUtil::TimestampToMilliseconds(request.start_time()));
    }
    if (request.has_end_time()) search.to = FromUnixMillis(TimeUtil::TimestampToMilliseconds(request.end_time()));
    const uint32_t size = request.page_size() == 0 ? kDefaultPage : request.page_size();
    search.limit = static_cast<int>(std::min(size, kLargestPage));
    search.after = RecordingId{request.page_token()};
    search.agent = request.agent_id();
    search.queue = request.queue_id();
    return search;
}

// A user is who he signed in as; a service or an operator's tool says for whom it acts.
template <class Request>
std::string ActorOf(const grpc::ServerContext& context, const Request& request) {
    const rpc::Caller caller = rpc::CallerOf(context);
    if (!caller.IsUser()) return request.actor();
    return caller.user_name.empty() ? caller.user_id : caller.user_name;
}

}  // namespace

grpc::Status GrpcRecordings::ListRecordings(grpc::ServerContext*, const v1::ListRecordingsRequest* request,
                                            v1::ListRecordingsResponse* response) {
    const Search search = FromProto(*request);
    const auto recordings = index_.List(search);
    if (!recordings) return rpc::ToGrpc(recordings.error());
    for (const Recording& recording : *recordings) ToProto(recording, *response->add_recordings());
    if (static_cast<int>(recordings->size()) == search.limit) {
        response->set_next_page_token(recordings->back().id.str());
    }
    return grpc::Status::OK;
}

grpc::Status GrpcRecordings::GetRecording(grpc::ServerContext*, const v1::GetRecordingRequest* request,
                                          v1::Recording* response) {
    const auto recording = index_.Find(RecordingId{request->recording_id()});
    if (!recording) return rpc::ToGrpc(recording.error());
    ToProto(*recording, *response);
    return grpc::Status::OK;
}

grpc::Status GrpcRecordings::DownloadRecording(grpc::ServerContext* context,
                                               const v1::DownloadRecordingRequest* request,
                                               grpc::ServerWriter<v1::DownloadRecordingResponse>* writer) {
    const Play play{RecordingId{request->recording_id()}, ActorOf(*context, *request), request->reason()};
    return rpc::ToGrpc(room_.Listen(play, [&](std::span<const uint8_t> part) {
        v1::DownloadRecordingResponse response;
        response.set_chunk(part.data(), part.size());
        return writer->Write(response);
    }));
}

grpc::Status GrpcRecordings::HoldRecording(grpc::ServerContext* context, const v1::HoldRecordingRequest* request,
                                           v1::Recording* response) {
    const RecordingId id{request->recording_id()};
    const Act act{ActorOf(*context, *request), request->reason()};
    return Answer(id, caretaker_.Hold(id, request->held(), act), response);
}

grpc::Status GrpcRecordings::DeleteRecording(grpc::ServerContext* context, const v1::DeleteRecordingRequest* request,
                                             v1::Recording* response) {
    const RecordingId id{request->recording_id()};
    return Answer(id, caretaker_.Delete(id, {ActorOf(*context, *request), request->reason()}), response);
}

// The recording as it is afterwards.
grpc::Status GrpcRecordings::Answer(const RecordingId& id, const Status& done, v1::Recording* response) {
    if (!done) return rpc::ToGrpc(done);
    const auto recording = index_.Find(id);
    if (!recording) return rpc::ToGrpc(recording.error());
    ToProto(*recording, *response);
    return grpc::Status::OK;
}

}  // namespace trunkline::recording
