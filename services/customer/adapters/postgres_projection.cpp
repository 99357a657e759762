// One entry for each contact and each work order, changed by whichever event comes next, in whichever order they come.
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_history.hpp"
#include "db/array_text.hpp"
#include "db/prepared.hpp"
#include "db/transaction.hpp"
#include "trunkline/acd/v1/events.pb.h"
#include "trunkline/recording/v1/events.pb.h"
#include "trunkline/trunk/v1/events.pb.h"
#include "trunkline/workorder/v1/events.pb.h"

namespace trunkline::customer {
namespace {

constexpr const char* kLoad =
    "SELECT entry_id, detail FROM entry WHERE entry_id = ANY($1::text[]) ORDER BY entry_id FOR UPDATE";
// A number that one customer has says whose contact it is.
constexpr const char* kSave =
    "INSERT INTO entry (entry_id, kind, contact_id, time, open, last_agent_id, detail, number_hash, number_sealed, "
    "number,"
    " customer_id)"
    " SELECT id, kind, contact_id, to_timestamp(millis / 1000.0), open, agent, detail, hash, sealed, number,"
    " (SELECT min(root_id::text)::uuid FROM customer_number JOIN customer USING (customer_id)"
    "  WHERE customer_number.hash = given.hash HAVING count(DISTINCT root_id) = 1)"
    " FROM unnest($1::text[], $2::smallint[], $3::text[], $4::bigint[], $5::boolean[], $6::text[], $7::jsonb[], "
    "$8::bytea[],"
    " $9::bytea[], $10::jsonb[])"
    " AS given (id, kind, contact_id, millis, open, agent, detail, hash, sealed, number)"
    " ON CONFLICT (entry_id) DO UPDATE SET time = EXCLUDED.time, open = EXCLUDED.open,"
    " last_agent_id = EXCLUDED.last_agent_id, detail = EXCLUDED.detail,"
    " number_hash = coalesce(EXCLUDED.number_hash, entry.number_hash),"
    " number_sealed = coalesce(EXCLUDED.number_sealed, entry.number_sealed),"
    " number = coalesce(EXCLUDED.number, entry.number),"
    " customer_id = coalesce(entry.customer_id, EXCLUDED.customer_id)";
// An order belongs to whom its contact belongs to.
constexpr const char* kFollowContacts =
    "UPDATE entry SET customer_id = contact.customer_id, number_hash = contact.number_hash"
    " FROM unnest($1::text[], $2::text[]) AS given (order_id, contact_id), entry AS contact"
    " WHERE entry.entry_id = given.order_id AND contact.entry_id = given.contact_id AND entry.customer_id IS NULL";

using google::protobuf::util::TimeUtil;
using Change = std::function<void(v1::TimelineEntry&)>;

// What the events of one transaction change of the entries: each is read once and written once.
class WriteEntries final : public db::CommitStep {
 public:
    // Begins the entry with `fresh` when it is not known.
    void Add(const std::string& id, const v1::TimelineEntry& fresh, Change change) {
        Pending& pending = entries_[id];
        if (pending.changes.empty()) {
            pending.entry = fresh;
        }
        pending.changes.push_back(std::move(change));
    }
    void SetNumber(const std::string& id, KeptNumber number) { entries_[id].number = std::move(number); }
    void Follow(const std::string& order_id, const std::string& contact_id) {
        followers_.Add(order_id);
        followed_.Add(contact_id);
        follows_ = true;
    }

    void BeforeCommit(pqxx::work& transaction) override {
        if (entries_.empty()) {
            return;
        }
        Load(transaction);
        Save(transaction);
        if (follows_) {
            db::ExecPrepared(transaction, kFollowContacts, followers_.Text(), followed_.Text());
        }
    }

 private:
    struct Pending {
        v1::TimelineEntry entry;
        std::vector<Change> changes;
        std::optional<KeptNumber> number;
    };

    void Load(pqxx::work& transaction) {
        db::ArrayText ids;
        for (const auto& [id, pending] : entries_) {
            ids.Add(id);
        }
        for (const pqxx::row& row : db::ExecPrepared(transaction, kLoad, ids.Text())) {
            v1::TimelineEntry& entry = entries_[row[0].as<std::string>()].entry;
            entry.Clear();
            FromJson(row[1].as<std::string>(), entry);
        }
        for (auto& [id, pending] : entries_) {
            for (const Change& change : pending.changes) {
                change(pending.entry);
            }
        }
    }

    void Save(pqxx::work& transaction) const {
        db::ArrayText ids, kinds, contacts, times, opens, agents, details, hashes, sealed, shown;
        for (const auto& [id, pending] : entries_) {
            const v1::TimelineEntry& entry = pending.entry;
            ids.Add(id);
            kinds.Add(static_cast<int>(entry.kind()));
            contacts.Add(entry.contact_id());
            times.Add(TimeUtil::TimestampToMilliseconds(entry.time()));
            opens.Add(std::string_view(entry.open() ? "t" : "f"));
            agents.Add(entry.agent_ids().empty() ? std::string_view() : *entry.agent_ids().rbegin());
            details.Add(ToJson(entry));
            if (pending.number) {
                hashes.AddBytes(pending.number->hash);
                sealed.AddBytes(pending.number->sealed);
                shown.Add(ToJson(ToProto(pending.number->shown)));
            } else {
                hashes.AddNull();
                sealed.AddNull();
                shown.AddNull();
            }
        }
        db::ExecPrepared(transaction, kSave, ids.Text(), kinds.Text(), contacts.Text(), times.Text(), opens.Text(),
                         agents.Text(), details.Text(), hashes.Text(), sealed.Text(), shown.Text());
    }

    std::map<std::string, Pending> entries_;
    db::ArrayText followers_;
    db::ArrayText followed_;
    bool follows_ = false;
};

class Projector {
 public:
    Projector(pqxx::work& transaction, const bus::Received& event, const NumberKeeper& keeper)
        : entries_(dynamic_cast<db::Transaction&>(transaction).Last<WriteEntries>()), event_(event), keeper_(keeper) {}

    void Trunk() {
        trunk::v1::CallStarted started;
        trunk::v1::CallEnded ended;
        if (event_.To(started)) {
            Contact(started.contact_id(), [started](v1::TimelineEntry& entry) {
                entry.set_outbound(started.direction() == trunk::v1::OUTBOUND);
                *entry.mutable_time() = started.start_time();
                const std::string& own = entry.outbound() ? started.from_number() : started.to_number();
                entry.set_own_number(phone::Mask(phone::Parse(own)));
            });
            SetNumber(started.contact_id(),
                      started.direction() == trunk::v1::OUTBOUND ? started.to_number() : started.from_number());
        } else if (event_.To(ended)) {
            Contact(ended.contact_id(), [occurred = event_.occurred](v1::TimelineEntry& entry) {
                *entry.mutable_end_time() = ToTimestamp(occurred);
                if (entry.outcome().empty()) {
                    entry.set_outcome(entry.agent_ids().empty() ? "SELF_SERVICE" : "ANSWERED");
                }
                entry.set_open(false);
            });
        }
    }

    void Acd() {
        acd::v1::ContactQueued queued;
        acd::v1::ContactDequeued dequeued;
        acd::v1::AgentSegmentEnded segment;
        acd::v1::ContactClosed closed;
        if (event_.To(queued)) {
            Contact(queued.contact_id(), [queued](v1::TimelineEntry& entry) {
                entry.set_queue_id(queued.queue_id());
                SetMedium(entry, queued.medium());
            });
            if (!queued.from_address().empty()) {
                SetNumber(queued.contact_id(), queued.from_address());
            }
        } else if (event_.To(dequeued)) {
            Contact(dequeued.contact_id(), [dequeued](v1::TimelineEntry& entry) {
                entry.set_queue_id(dequeued.queue_id());
                if (dequeued.outcome() == acd::v1::ContactDequeued::ANSWERED ||
                    dequeued.outcome() == acd::v1::ContactDequeued::ABANDONED) {
                    entry.set_outcome(acd::v1::ContactDequeued::Outcome_Name(dequeued.outcome()));
                }
                AddAgent(entry, dequeued.agent_id());
            });
        } else if (event_.To(closed)) {
            // A contact with a call ends with it.
            Contact(closed.contact_id(), [closed](v1::TimelineEntry& entry) {
                *entry.mutable_end_time() = closed.closed_time();
                entry.set_open(false);
            });
        } else if (event_.To(segment)) {
            Contact(segment.contact_id(), [segment](v1::TimelineEntry& entry) { AddAgent(entry, segment.agent_id()); });
        }
    }

    void Recording() {
        recording::v1::RecordingStored stored;
        if (event_.To(stored)) {
            Contact(stored.contact_id(),
                    [stored](v1::TimelineEntry& entry) { entry.add_recording_ids(stored.recording_id()); });
        }
    }

    void WorkOrder() {
        workorder::v1::OrderCreated created;
        workorder::v1::OrderStepTaken step;
        workorder::v1::OrderClosed closed;
        if (event_.To(created)) {
            Order(created.order_id(), created.contact_id(),
                  [created, occurred = event_.occurred](v1::TimelineEntry& entry) {
                      *entry.mutable_time() = ToTimestamp(occurred);
                      entry.set_order_number(created.number());
                      *entry.mutable_due_time() = created.due_time();
                      entry.set_text(workorder::v1::OrderType_Name(created.type()));
                      entry.set_actor(created.actor());
                  });
        } else if (event_.To(step)) {
            Order(step.order_id(), step.contact_id(), [step](v1::TimelineEntry& entry) {
                entry.set_order_number(step.number());
                entry.set_order_state(workorder::v1::OrderState_Name(step.state()));
            });
        } else if (event_.To(closed)) {
            Order(closed.order_id(), closed.contact_id(), [closed](v1::TimelineEntry& entry) {
                entry.set_order_number(closed.number());
                entry.set_order_state("CLOSED");
                *entry.mutable_end_time() = closed.close_time();
                entry.set_open(false);
            });
        }
    }

 private:
    // The router's word, when this service has the same; other media are shown by their queue alone.
    static void SetMedium(v1::TimelineEntry& entry, std::string word) {
        std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::toupper(c); });
        v1::Medium medium = v1::MEDIUM_UNSPECIFIED;
        if (!word.empty()) {
            v1::Medium_Parse(word, &medium);
            entry.set_medium(medium);
        }
    }

    static void AddAgent(v1::TimelineEntry& entry, const std::string& agent_id) {
        const auto& known = entry.agent_ids();
        if (!agent_id.empty() && std::find(known.begin(), known.end(), agent_id) == known.end()) {
            entry.add_agent_ids(agent_id);
        }
    }

    void Contact(const std::string& contact_id, Change change) {
        if (!contact_id.empty()) {
            v1::TimelineEntry fresh = Fresh(contact_id, v1::CONTACT);
            fresh.set_medium(v1::VOICE);
            entries_.Add(contact_id, fresh, std::move(change));
        }
    }

    void Order(const std::string& order_id, const std::string& contact_id, Change change) {
        v1::TimelineEntry fresh = Fresh(contact_id, v1::ORDER);
        fresh.set_order_id(order_id);
        entries_.Add(order_id, fresh, std::move(change));
        entries_.Follow(order_id, contact_id);
    }

    v1::TimelineEntry Fresh(const std::string& contact_id, v1::EntryKind kind) const {
        v1::TimelineEntry entry;
        entry.set_contact_id(contact_id);
        entry.set_kind(kind);
        *entry.mutable_time() = ToTimestamp(event_.occurred);
        entry.set_open(true);
        return entry;
    }

    void SetNumber(const std::string& contact_id, const std::string& written) {
        if (auto kept = keeper_.Keep(written, ""); kept.ok() && !contact_id.empty()) {  // else withheld
            entries_.SetNumber(contact_id, std::move(*kept));
        }
    }

    WriteEntries& entries_;
    const bus::Received& event_;
    const NumberKeeper& keeper_;
};

}  // namespace

const std::set<std::string>& HistoryProjection::Types() {
    static const std::set<std::string> types{
        trunk::v1::CallStarted().GetTypeName(),         trunk::v1::CallEnded().GetTypeName(),
        acd::v1::ContactQueued().GetTypeName(),         acd::v1::ContactDequeued().GetTypeName(),
        acd::v1::AgentSegmentEnded().GetTypeName(),     acd::v1::ContactClosed().GetTypeName(),
        recording::v1::RecordingStored().GetTypeName(), workorder::v1::OrderCreated().GetTypeName(),
        workorder::v1::OrderStepTaken().GetTypeName(),  workorder::v1::OrderClosed().GetTypeName(),
    };
    return types;
}

void HistoryProjection::operator()(pqxx::work& transaction, const bus::Received& event) const {
    Projector projector(transaction, event, keeper_);
    if (event.source == "trunk") {
        projector.Trunk();
    } else if (event.source == "acd") {
        projector.Acd();
    } else if (event.source == "recording") {
        projector.Recording();
    } else if (event.source == "workorder") {
        projector.WorkOrder();
    }
}

}  // namespace trunkline::customer
