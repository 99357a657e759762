// The API of recordings: trunkline.recording.v1.Recordings.
#pragma once
#include "recording/app/listening_room.hpp"
#include "trunkline/recording/v1/recording.grpc.pb.h"

namespace trunkline::recording {

class GrpcRecordings final : public v1::Recordings::Service {
 public:
    GrpcRecordings(RecordingIndex& index, ListeningRoom& room) : index_(index), room_(room) {}

    grpc::Status ListRecordings(grpc::ServerContext* context, const v1::ListRecordingsRequest* request,
                                v1::ListRecordingsResponse* response) override;
    grpc::Status GetRecording(grpc::ServerContext* context, const v1::GetRecordingRequest* request,
                              v1::Recording* response) override;
    grpc::Status DownloadRecording(grpc::ServerContext* context, const v1::DownloadRecordingRequest* request,
                                   grpc::ServerWriter<v1::DownloadRecordingResponse>* writer) override;

 private:
    RecordingIndex& index_;
    ListeningRoom& room_;
};

}  // namespace trunkline::recording
