// Questions about progress: proof, limits against guessing, and a record of each.
#include "trunkline/workorder/v1/events.pb.h"
#include "workorder/adapters/numbers.hpp"
#include "workorder/adapters/service_store.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

constexpr int kAttempts = 5;  // wrong ones within 15 minutes, for a number and for an asker
constexpr const char* kRefused =
    "SELECT (SELECT count(*) FROM question WHERE number = $1 AND outcome = 'REFUSED' AND time > to_timestamp($3::bigint"
    " / 1000.0) - interval '15 minutes'), (SELECT count(*) FROM question WHERE asker = $2 AND $2 <> '' AND outcome ="
    " 'REFUSED' AND time > to_timestamp($3::bigint / 1000.0) - interval '15 minutes')";
constexpr const char* kFind = "SELECT order_id, check_code, customer_plain FROM work_order WHERE number = $1";
constexpr const char* kRecord =
    "INSERT INTO question (order_id, number, asker, source, outcome, time)"
    " VALUES (NULLIF($1, '')::uuid, $2, $3, $4, $5, to_timestamp($6::bigint / 1000.0)) RETURNING question_id";
constexpr const char* kOfCaller =
    "SELECT order_id, number FROM work_order WHERE customer_plain = $1 AND customer_plain <> ''"
    " AND ($3 = '{}' OR units && $3::text[]) AND (open OR close_time > to_timestamp($2::bigint / 1000.0) - interval "
    "'30 days') ORDER BY order_id DESC LIMIT 5";
// Every order of an answer is a row, so this is about twenty questions.
constexpr int kCallerLimit = 100;
constexpr const char* kAskedByCaller =
    "SELECT count(*) FROM question WHERE asker = $1 AND time > to_timestamp($2::bigint / 1000.0) - interval '15 "
    "minutes'";
constexpr const char* kQuestions =
    "SELECT round(extract(epoch FROM time) * 1000)::bigint, number, source, asker, outcome FROM question"
    " WHERE order_id = $1 ORDER BY question_id DESC LIMIT $2";

// In the same time whatever differs.
bool SameCode(const std::string& left, const std::string& right) {
    if (left.size() != right.size() || left.empty()) {
        return false;
    }
    unsigned difference = 0;
    for (size_t i = 0; i < left.size(); ++i) {
        difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]);
    }
    return difference == 0;
}

struct Question {
    std::string order_id;
    std::string number;
    std::string asker;
    int source = 0;
    std::string outcome;
    int64_t now = 0;
};

void Record(pqxx::work& transaction, const Question& question) {
    const auto id = transaction
                        .exec_params1(kRecord, question.order_id, question.number, question.asker, question.source,
                                      question.outcome, question.now)[0]
                        .as<std::string>();
    v1::ProgressAsked event;
    event.set_order_id(question.order_id);
    event.set_number(question.number);
    event.set_source(static_cast<v1::Source>(question.source));
    event.set_answered(question.outcome == "ANSWERED");
    const std::string key = question.order_id.empty() ? question.number : question.order_id;
    bus::Append(transaction, {bus::MakeEvent(event, key, "question/" + id, FromUnixMillis(question.now))});
}

}  // namespace

Result<std::string> ServiceStore::Prove(const v1::Proof& proof) {
    if (proof.number().empty() || proof.number().size() > 60 || proof.asker().size() > 200) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "number must be given, up to 60 bytes"};
    }
    const std::string caller = Canonical(proof.caller_number());
    const std::string asker = proof.asker().empty() ? caller : proof.asker();
    auto outcome = parts_.pool.Run([&](pqxx::work& transaction) {
        // Whoever asks at the same time waits here, so that many at once do not get more attempts.
        transaction.exec_params("SELECT pg_advisory_xact_lock(hashtext('question:' || $1))", proof.number());
        Question question{"", proof.number(), asker, proof.source(), "REFUSED", Now()};
        std::string code;
        std::string plain;
        if (const auto rows = transaction.exec_params(kFind, proof.number()); !rows.empty()) {
            question.order_id = rows[0][0].as<std::string>();
            code = rows[0][1].as<std::string>();
            plain = rows[0][2].as<std::string>();
        }
        const auto refused = transaction.exec_params1(kRefused, proof.number(), asker, question.now);
        // Who calls from the order's own number is let in however often others have guessed.
        if (!caller.empty() && caller == plain) {
            question.outcome = "ANSWERED";
        } else if (refused[0].as<int>() >= kAttempts || refused[1].as<int>() >= kAttempts) {
            question.outcome = "LOCKED";
        } else if (SameCode(proof.check_code(), code)) {
            question.outcome = "ANSWERED";
        }
        Record(transaction, question);
        return question;
    });
    parts_.committed();
    if (!outcome.ok()) {
        return outcome.error();
    }
    if (outcome->outcome == "LOCKED") {
        return Error{Code::kResourceExhausted, "TOO_MANY_ATTEMPTS", "too many wrong attempts; wait 15 minutes"};
    }
    if (outcome->outcome == "REFUSED") {
        return Error{Code::kNotFound, "ORDER_NOT_FOUND", "there is no work order with this number and check code"};
    }
    return outcome->order_id;
}

Result<std::vector<std::string>> ServiceStore::OrdersOfCaller(const v1::AskByCallerRequest& request,
                                                              const Scope& scope) {
    const std::string caller = Canonical(request.caller_number());
    // A short code or a withheld number is many people.
    if (!IsSubscriber(request.caller_number())) {
        return Error{Code::kInvalidArgument, "BAD_FIELD",
                     "caller_number must be a full number that the network vouches for"};
    }
    auto orders = parts_.pool.Run([&](pqxx::work& transaction) {
        std::vector<std::string> ids;
        if (transaction.exec_params1(kAskedByCaller, caller, Now())[0].as<int>() >= kCallerLimit) {
            throw db::Rollback{
                {Code::kResourceExhausted, "TOO_MANY_ATTEMPTS", "this number has asked too often; wait 15 minutes"}};
        }
        for (const auto& row : transaction.exec_params(kOfCaller, caller, Now(), ArrayLiteral(scope))) {
            ids.push_back(row[0].as<std::string>());
            Record(transaction, {ids.back(), row[1].as<std::string>(), caller, request.source(), "ANSWERED", Now()});
        }
        if (ids.empty()) {
            Record(transaction, {"", "", caller, request.source(), "NONE", Now()});
        }
        return ids;
    });
    parts_.committed();
    return orders;
}

Result<v1::ListQuestionsResponse> ServiceStore::ListQuestions(const std::string& order_id, uint32_t limit) {
    return parts_.pool.Run([&](pqxx::work& transaction) {
        v1::ListQuestionsResponse response;
        const int count = limit == 0 ? 100 : static_cast<int>(std::min<uint32_t>(limit, 500));
        for (const auto& row : transaction.exec_params(kQuestions, order_id, count)) {
            auto& question = *response.add_questions();
            *question.mutable_time() = ToTimestamp(FromUnixMillis(row[0].as<int64_t>()));
            question.set_number(row[1].as<std::string>());
            question.set_source(static_cast<v1::Source>(row[2].as<int>()));
            question.set_asker(Masked(row[3].as<std::string>()));
            question.set_outcome(row[4].as<std::string>());
        }
        return response;
    });
}

}  // namespace trunkline::workorder
