// What lies beside the orders: files, messages to customers, questions about progress, incidents.
#pragma once
#include "bus/outbox.hpp"
#include "db/pool.hpp"
#include "ids/ids.hpp"
#include "trunkline/workorder/v1/service.pb.h"
#include "trunkline/workorder/v1/workorder.pb.h"
#include "workorder/adapters/list_query.hpp"
#include "workorder/domain/vocabulary.hpp"

namespace trunkline::workorder {

// Safe from any thread. `committed` is the publisher's doorbell.
class ServiceStore {
 public:
    struct Parts {
        db::Pool& pool;
        const Clock& clock;
        IdGenerator& ids;
        std::function<void()> committed;
        std::chrono::milliseconds proof_wait = kProofWait;
    };
    explicit ServiceStore(Parts parts) : parts_(std::move(parts)) {}

    // Files. The same request id gives the same file.
    Result<v1::Attachment> AddAttachment(const v1::AddAttachmentRequest& request);
    struct File {
        v1::GetAttachmentResponse content;
        std::string order_id;
        std::string actor;
    };
    Result<File> FindAttachment(const std::string& attachment_id);
    // Files that no step named within a day.
    Result<int> RemoveUnusedAttachments();

    // Messages to customers.
    Result<v1::ListNoticesResponse> ListNotices(const v1::ListNoticesRequest& request, const Scope& scope);
    Result<v1::ListNoticesResponse> TakeNotices(v1::Medium medium, uint32_t limit);
    Result<v1::Notice> ReportNotice(const v1::ReportNoticeRequest& request);
    // Those for which no proof came in time go the next way; how many there were.
    Result<int> ExpireNotices(int limit);
    // Messages that no way has brought to the customer, oldest first.
    struct Unreached {
        std::string notice_id;
        std::string order_id;
        std::string number;
        std::string text;
        std::string task_number;  // an open order that asks to call this customer back already
    };
    Result<std::vector<Unreached>> UnreachedCustomers(int limit);
    Status SetTask(const std::string& notice_id, const std::string& task_number);

    // Proof that an order is the asker's: its id, or NOT_FOUND, or RESOURCE_EXHAUSTED. Recorded in every case.
    Result<std::string> Prove(const v1::Proof& proof);
    Result<std::vector<std::string>> OrdersOfCaller(const v1::AskByCallerRequest& request, const Scope& scope);
    Result<v1::ListQuestionsResponse> ListQuestions(const std::string& order_id, uint32_t limit);

    // Crews: their open orders, newest first, and what they have sent.
    struct OpenOrder {
        std::string order_id;
        std::string number;
    };
    Result<std::vector<OpenOrder>> OrdersOfCrew(const std::string& crew_id);
    Result<std::optional<v1::ReceiveCrewMessageResponse>> FindCrewMessage(const std::string& request_id);
    Status KeepCrewMessage(const v1::ReceiveCrewMessageRequest& request, const std::string& crew_id,
                           const v1::ReceiveCrewMessageResponse& answer);

    // Who saw numbers in clear, and why.
    Status RecordReveal(const v1::Order& order, const std::string& actor, const std::string& reason);

    // A scope sees the incidents that its units opened or have orders of, and counts its own orders.
    Result<v1::Incident> OpenIncident(const v1::OpenIncidentRequest& request, const std::string& unit);
    Result<v1::Incident> FindIncident(const std::string& incident_id, const Scope& scope);
    Result<v1::ListIncidentsResponse> ListIncidents(const v1::ListIncidentsRequest& request, const Scope& scope);
    // Begins to answer; the worker goes on from there, also after a crash.
    Result<v1::Incident> BeginAnswer(const v1::AnswerIncidentRequest& request);
    struct AnswerWork {
        std::string incident_id;
        std::string actor;
        std::string answer;
        std::string answer_id;
        bool closing = false;
        std::vector<std::string> orders;  // open ones that were not answered yet
    };
    Result<std::vector<AnswerWork>> AnswersUnderWay(int orders_limit);
    // How it went; `finished` ends the work.
    Status RecordAnswers(const std::string& incident_id, int answered, int failed, bool finished);

 private:
    int64_t Now() const { return ToUnixMillis(parts_.clock.Now()); }

    Parts parts_;
};

}  // namespace trunkline::workorder
