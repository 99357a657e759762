// SQL of the office.
#include "knowledge/adapters/postgres_office.hpp"

#include "knowledge/adapters/knowledge_codec.hpp"
#include "knowledge/adapters/postgres_rows.hpp"
#include "trunkline/knowledge/v1/events.pb.h"

namespace trunkline::knowledge {
namespace {

constexpr const char* kPublish =
    "INSERT INTO bulletin (bulletin_id, detail, urgent, audience, publish_time, expire_time)"
    " VALUES ($1, $2::jsonb, $3, $4::text[], to_timestamp($5::bigint / 1000.0), to_timestamp($6::bigint / 1000.0))";
constexpr const char* kBulletin =
    "SELECT detail, (SELECT count(*) FROM bulletin_read WHERE bulletin_read.bulletin_id = bulletin.bulletin_id)"
    " AS readers, EXISTS (SELECT 1 FROM bulletin_read WHERE bulletin_read.bulletin_id = bulletin.bulletin_id"
    " AND reader = $1) AS read FROM bulletin ";
constexpr const char* kById = "WHERE bulletin_id = $2";
constexpr const char* kForReader =
    "WHERE NOT withdrawn AND (expire_time IS NULL OR expire_time > to_timestamp($2::bigint / 1000.0))"
    " AND (audience = '{}' OR audience && $3::text[]) ORDER BY read, urgent DESC, publish_time DESC LIMIT 200";
constexpr const char* kWithdraw = "UPDATE bulletin SET withdrawn = true WHERE bulletin_id = $1";
constexpr const char* kConfirm =
    "INSERT INTO bulletin_read (bulletin_id, reader, time) VALUES ($1, $2, to_timestamp($3::bigint / 1000.0))"
    " ON CONFLICT DO NOTHING";
constexpr const char* kReceipts =
    "SELECT reader, round(extract(epoch FROM time) * 1000)::bigint AS at FROM bulletin_read WHERE bulletin_id = $1"
    " ORDER BY time LIMIT 10000";
constexpr const char* kOwner = "SELECT owner, detail FROM task WHERE task_id = $1 FOR UPDATE";
constexpr const char* kDeleteTask = "DELETE FROM task WHERE task_id = $1 AND owner = $2";
constexpr const char* kTasks =
    "SELECT detail FROM task WHERE owner = $1 AND ($2 OR NOT done)"
    " AND ($3::bigint IS NULL OR coalesce(end_time, start_time) >= to_timestamp($3::bigint / 1000.0))"
    " AND ($4::bigint IS NULL OR start_time < to_timestamp($4::bigint / 1000.0))"
    " ORDER BY done, start_time NULLS LAST, create_time LIMIT 500";
constexpr const char* kMessage =
    "INSERT INTO message (message_id, recipient, time, detail)"
    " VALUES ($1, $2, to_timestamp($3::bigint / 1000.0), $4::jsonb) ON CONFLICT DO NOTHING";
constexpr const char* kMessages = "SELECT detail, read FROM message WHERE recipient = $1 ORDER BY time DESC LIMIT 200";
constexpr const char* kMarkRead = "UPDATE message SET read = true WHERE recipient = $1 AND NOT read";

std::optional<int64_t> Millis(bool given, const google::protobuf::Timestamp& time) {
    return given ? std::optional(ToUnixMillis(FromTimestamp(time))) : std::nullopt;
}

v1::Bulletin ReadBulletin(const pqxx::row& row) {
    v1::Bulletin bulletin;
    FromJson(row["detail"].as<std::string>(), bulletin);
    bulletin.set_readers(row["readers"].as<uint32_t>());
    bulletin.set_read(row["read"].as<bool>());
    return bulletin;
}

v1::Bulletin LoadBulletin(pqxx::work& transaction, const std::string& id, const std::string& reader) {
    CheckUuid(id, "bulletin");
    const auto rows = transaction.exec_params(std::string(kBulletin) + kById, reader, id);
    if (rows.empty()) {
        ThrowNotFound(id, "bulletin");
    }
    return ReadBulletin(rows[0]);
}

}  // namespace

Result<v1::Bulletin> PostgresOffice::Publish(const Stamp& stamp, v1::Bulletin bulletin) {
    auto published = pool_.Run([&](pqxx::work& transaction) {
        std::string id = ids_.New();
        if (!Claim(transaction, stamp.request_id, id)) {
            return LoadBulletin(transaction, id, stamp.actor);
        }
        bulletin.set_bulletin_id(id);
        bulletin.set_author(stamp.actor);
        *bulletin.mutable_publish_time() = ToTimestamp(stamp.now);
        transaction.exec_params(kPublish, id, ToJson(bulletin), bulletin.urgent(),
                                ToArray({bulletin.audience().begin(), bulletin.audience().end()}),
                                ToUnixMillis(stamp.now), Millis(bulletin.has_expire_time(), bulletin.expire_time()));
        v1::BulletinPublished event;
        event.set_bulletin_id(id);
        event.set_title(bulletin.title());
        event.set_urgent(bulletin.urgent());
        *event.mutable_audience() = bulletin.audience();
        if (bulletin.has_expire_time()) {
            *event.mutable_expire_time() = bulletin.expire_time();
        }
        event.set_actor(stamp.actor);
        bus::Append(transaction, {bus::MakeEvent(event, id, id, stamp.now)});
        return LoadBulletin(transaction, id, stamp.actor);
    });
    committed_();
    return published;
}

Result<v1::Bulletin> PostgresOffice::Withdraw(const Stamp& stamp, const std::string& id) {
    auto withdrawn = pool_.Run([&](pqxx::work& transaction) {
        const v1::Bulletin bulletin = LoadBulletin(transaction, id, stamp.actor);
        transaction.exec_params(kWithdraw, id);
        v1::BulletinWithdrawn event;
        event.set_bulletin_id(id);
        event.set_actor(stamp.actor);
        bus::Append(transaction, {bus::MakeEvent(event, id, id, stamp.now)});
        return bulletin;
    });
    committed_();
    return withdrawn;
}

Result<v1::ListBulletinsResponse> PostgresOffice::Bulletins(const Reader& reader, bool with_read, TimePoint now) {
    return pool_.Run([&](pqxx::work& transaction) {
        v1::ListBulletinsResponse response;
        const auto rows = transaction.exec_params(std::string(kBulletin) + kForReader, reader.name, ToUnixMillis(now),
                                                  ToArray(reader.groups));
        for (const auto& row : rows) {
            if (with_read || !row["read"].as<bool>()) {
                *response.add_bulletins() = ReadBulletin(row);
            }
        }
        return response;
    });
}

Result<v1::Bulletin> PostgresOffice::Confirm(const Reader& reader, const std::string& id, TimePoint now) {
    auto confirmed = pool_.Run([&](pqxx::work& transaction) {
        LoadBulletin(transaction, id, reader.name);
        if (transaction.exec_params(kConfirm, id, reader.name, ToUnixMillis(now)).affected_rows() == 1) {
            v1::BulletinRead event;
            event.set_bulletin_id(id);
            event.set_reader(reader.name);
            bus::Append(transaction, {bus::MakeEvent(event, id, id + "/" + reader.name, now)});
        }
        return LoadBulletin(transaction, id, reader.name);
    });
    committed_();
    return confirmed;
}

Result<v1::ListReadReceiptsResponse> PostgresOffice::Receipts(const std::string& id) {
    return pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(id, "bulletin");
        v1::ListReadReceiptsResponse response;
        for (const auto& row : transaction.exec_params(kReceipts, id)) {
            auto& receipt = *response.add_receipts();
            receipt.set_reader(row["reader"].as<std::string>());
            *receipt.mutable_time() = ToTimestamp(FromUnixMillis(row["at"].as<int64_t>()));
        }
        return response;
    });
}

Result<v1::Task> PostgresOffice::PutTask(const Stamp& stamp, v1::Task task) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        if (task.task_id().empty()) {
            std::string id = ids_.New();
            const bool fresh = Claim(transaction, stamp.request_id, id);
            task.set_task_id(id);
            task.set_creator(stamp.actor);
            *task.mutable_create_time() = ToTimestamp(stamp.now);
            if (!fresh) {
                return task;
            }
        } else {
            CheckUuid(task.task_id(), "task");
            const auto rows = transaction.exec_params(kOwner, task.task_id());
            if (rows.empty() || rows[0]["owner"].as<std::string>() != task.owner()) {
                ThrowNotFound(task.task_id(), "task");
            }
            v1::Task before;
            FromJson(rows[0]["detail"].as<std::string>(), before);
            task.set_creator(before.creator());
            *task.mutable_create_time() = before.create_time();
            task.set_article_id(before.article_id());
        }
        StoreTask(transaction, task, stamp.now);
        return task;
    });
    committed_();
    return stored;
}

Status PostgresOffice::DeleteTask(const Stamp& stamp, const std::string& owner, const std::string& id) {
    const Status deleted = pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(id, "task");
        if (transaction.exec_params(kDeleteTask, id, owner).affected_rows() == 0) {
            ThrowNotFound(id, "task");
        }
        v1::TaskChanged event;
        event.set_task_id(id);
        event.set_owner(owner);
        event.set_deleted(true);
        bus::Append(transaction, {bus::MakeEvent(event, owner, id + "/deleted", stamp.now)});
    });
    committed_();
    return deleted;
}

Result<v1::ListTasksResponse> PostgresOffice::Tasks(const v1::ListTasksRequest& request) {
    return pool_.Run([&](pqxx::work& transaction) {
        v1::ListTasksResponse response;
        const auto rows = transaction.exec_params(kTasks, request.owner(), request.with_done(),
                                                  Millis(request.has_from_time(), request.from_time()),
                                                  Millis(request.has_to_time(), request.to_time()));
        for (const auto& row : rows) {
            FromJson(row[0].as<std::string>(), *response.add_tasks());
        }
        return response;
    });
}

Result<v1::InternalMessage> PostgresOffice::SendMessage(const Stamp& stamp, const v1::SendMessageRequest& request) {
    auto sent = pool_.Run([&](pqxx::work& transaction) {
        std::string id = ids_.New();
        const bool fresh = Claim(transaction, stamp.request_id, id);
        v1::InternalMessage message;
        message.set_message_id(id);
        message.set_sender(stamp.actor);
        *message.mutable_recipients() = request.recipients();
        message.set_text(request.text());
        *message.mutable_time() = ToTimestamp(stamp.now);
        if (fresh) {
            for (const std::string& recipient : request.recipients()) {
                transaction.exec_params(kMessage, id, recipient, ToUnixMillis(stamp.now), ToJson(message));
            }
            v1::MessageSent event;
            event.set_message_id(id);
            event.set_sender(stamp.actor);
            *event.mutable_recipients() = request.recipients();
            bus::Append(transaction, {bus::MakeEvent(event, id, id, stamp.now)});
        }
        return message;
    });
    committed_();
    return sent;
}

Result<v1::ListMessagesResponse> PostgresOffice::Messages(const std::string& reader, bool mark_read) {
    return pool_.Run([&](pqxx::work& transaction) {
        v1::ListMessagesResponse response;
        for (const auto& row : transaction.exec_params(kMessages, reader)) {
            auto& message = *response.add_messages();
            FromJson(row["detail"].as<std::string>(), message);
            message.set_read(row["read"].as<bool>());
        }
        if (mark_read) {
            transaction.exec_params(kMarkRead, reader);
        }
        return response;
    });
}

}  // namespace trunkline::knowledge
