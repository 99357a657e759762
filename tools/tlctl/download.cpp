// The one server stream among the commands.
#include "download.hpp"

#include <fstream>

#include "trunkline/recording/v1/recording.grpc.pb.h"

namespace trunkline::tlctl {

Status DownloadRecording(Suite& suite, const std::string& recording_id, const std::string& path,
                         const std::string& actor, const std::string& reason) {
    const auto channel = suite.Channel("recording");
    if (!channel.ok()) {
        return channel.error();
    }
    const auto stub = recording::v1::Recordings::NewStub(*channel);
    recording::v1::DownloadRecordingRequest request;
    request.set_recording_id(recording_id);
    request.set_actor(actor);
    request.set_reason(reason);
    grpc::ClientContext context;
    rpc::SetDeadline(context, std::chrono::seconds{60});
    const auto stream = stub->DownloadRecording(&context, request);
    std::ofstream file(path, std::ios::binary);
    recording::v1::DownloadRecordingResponse part;
    while (stream->Read(&part)) {
        file << part.chunk();
    }
    const grpc::Status status = stream->Finish();
    if (!status.ok()) {
        return rpc::FromGrpc(status);
    }
    file.close();
    if (!file) {
        return Error{Code::kUnknown, "WRITE_FAILED", "cannot write " + path};
    }
    return {};
}

}  // namespace trunkline::tlctl
