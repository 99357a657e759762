// The API of recordings: trunkline.recording.v1.Recordings.
#pragma once
#include "recording/app/caretaker.hpp"
#include "recording/app/listening_room.hpp"
#include "trunkline/recording/v1/recording.grpc.pb.h"

namespace trunkline::recording {

class GrpcRecordings final : public v1::Recordings::Service {
 public:
    GrpcRecordings(RecordingIndex& index, ListeningRoom& room, Caretaker& caretaker)
        : index_(index), room_(room), caretaker_(caretaker) {}

    grpc::Status ListRecordings(grpc::ServerContext* context, const v1::ListRecordingsRequest* request,
                                v1::ListRecordingsResponse* response) override;
    grpc::Status GetRecording(grpc::ServerContext* context, const v1::GetRecordingRequest* request,
                              v1::Recording* response) override;
    grpc::Status DownloadRecording(grpc::ServerContext* context, const v1::DownloadRecordingRequest* request,
                                   grpc::ServerWriter<v1::DownloadRecordingResponse>* writer) override;
    grpc::Status HoldRecording(grpc::ServerContext* context, const v1::HoldRecordingRequest* request,
                               v1::Recording* response) override;
    grpc::Status DeleteRecording(grpc::ServerContext* context, const v1::DeleteRecordingRequest* request,
                                 v1::Recording* response) override;

 private:
    grpc::Status Answer(const RecordingId& id, const Status& done, v1::Recording* response);

    RecordingIndex& index_;
    ListeningRoom& room_;
    Caretaker& caretaker_;
};

}  // namespace trunkline::recording
