// One entry for each contact and each work order, changed by whichever event comes next, in whichever order they come.
#include <google/protobuf/util/time_util.h>

#include <algorithm>

#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_history.hpp"
#include "customer/adapters/postgres_rows.hpp"
#include "trunkline/acd/v1/events.pb.h"
#include "trunkline/recording/v1/events.pb.h"
#include "trunkline/trunk/v1/events.pb.h"
#include "trunkline/workorder/v1/events.pb.h"

namespace trunkline::customer {
namespace {

constexpr const char* kLoad = "SELECT detail FROM entry WHERE entry_id = $1 FOR UPDATE";
constexpr const char* kSave =
    "INSERT INTO entry (entry_id, kind, contact_id, time, open, last_agent_id, detail)"
    " VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0), $5, $6, $7::jsonb)"
    " ON CONFLICT (entry_id) DO UPDATE SET time = EXCLUDED.time, open = EXCLUDED.open,"
    " last_agent_id = EXCLUDED.last_agent_id, detail = EXCLUDED.detail";
constexpr const char* kSetNumber =
    "UPDATE entry SET number_hash = $2, number_sealed = $3, number = $4::jsonb,"
    " customer_id = coalesce(customer_id, $5::uuid) WHERE entry_id = $1";
// An order belongs to whom its contact belongs to.
constexpr const char* kFollowContact =
    "UPDATE entry SET customer_id = contact.customer_id, number_hash = contact.number_hash"
    " FROM entry AS contact WHERE entry.entry_id = $1 AND contact.entry_id = $2 AND entry.customer_id IS NULL";

using google::protobuf::util::TimeUtil;
using Change = std::function<void(v1::TimelineEntry&)>;

class Projector {
 public:
    Projector(pqxx::work& transaction, const bus::Received& event, const NumberKeeper& keeper)
        : transaction_(transaction), event_(event), keeper_(keeper) {}

    void Trunk() {
        trunk::v1::CallStarted started;
        trunk::v1::CallEnded ended;
        if (event_.To(started)) {
            Contact(started.contact_id(), [&](v1::TimelineEntry& entry) {
                entry.set_outbound(started.direction() == trunk::v1::OUTBOUND);
                *entry.mutable_time() = started.start_time();
                const std::string& own = entry.outbound() ? started.from_number() : started.to_number();
                entry.set_own_number(phone::Mask(phone::Parse(own)));
            });
            SetNumber(started.contact_id(),
                      started.direction() == trunk::v1::OUTBOUND ? started.to_number() : started.from_number());
        } else if (event_.To(ended)) {
            Contact(ended.contact_id(), [&](v1::TimelineEntry& entry) {
                *entry.mutable_end_time() = ToTimestamp(event_.occurred);
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
            Contact(queued.contact_id(), [&](v1::TimelineEntry& entry) {
                entry.set_queue_id(queued.queue_id());
                SetMedium(entry, queued.medium());
            });
            if (!queued.from_address().empty()) {
                SetNumber(queued.contact_id(), queued.from_address());
            }
        } else if (event_.To(dequeued)) {
            Contact(dequeued.contact_id(), [&](v1::TimelineEntry& entry) {
                entry.set_queue_id(dequeued.queue_id());
                if (dequeued.outcome() == acd::v1::ContactDequeued::ANSWERED ||
                    dequeued.outcome() == acd::v1::ContactDequeued::ABANDONED) {
                    entry.set_outcome(acd::v1::ContactDequeued::Outcome_Name(dequeued.outcome()));
                }
                AddAgent(entry, dequeued.agent_id());
            });
        } else if (event_.To(closed)) {
            // A contact with a call ends with it.
            Contact(closed.contact_id(), [&](v1::TimelineEntry& entry) {
                *entry.mutable_end_time() = closed.closed_time();
                entry.set_open(false);
            });
        } else if (event_.To(segment)) {
            Contact(segment.contact_id(), [&](v1::TimelineEntry& entry) { AddAgent(entry, segment.agent_id()); });
        }
    }

    void Recording() {
        recording::v1::RecordingStored stored;
        if (event_.To(stored)) {
            Contact(stored.contact_id(),
                    [&](v1::TimelineEntry& entry) { entry.add_recording_ids(stored.recording_id()); });
        }
    }

    void WorkOrder() {
        workorder::v1::OrderCreated created;
        workorder::v1::OrderStepTaken step;
        workorder::v1::OrderClosed closed;
        if (event_.To(created)) {
            Order(created.order_id(), created.contact_id(), [&](v1::TimelineEntry& entry) {
                *entry.mutable_time() = ToTimestamp(event_.occurred);
                entry.set_order_number(created.number());
                *entry.mutable_due_time() = created.due_time();
                entry.set_text(workorder::v1::OrderType_Name(created.type()));
                entry.set_actor(created.actor());
            });
        } else if (event_.To(step)) {
            Order(step.order_id(), step.contact_id(), [&](v1::TimelineEntry& entry) {
                entry.set_order_number(step.number());
                entry.set_order_state(workorder::v1::OrderState_Name(step.state()));
            });
        } else if (event_.To(closed)) {
            Order(closed.order_id(), closed.contact_id(), [&](v1::TimelineEntry& entry) {
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

    void Contact(const std::string& contact_id, const Change& change) {
        if (!contact_id.empty()) {
            Save(contact_id, contact_id, v1::CONTACT, change);
        }
    }

    void Order(const std::string& order_id, const std::string& contact_id, const Change& change) {
        Save(order_id, contact_id, v1::ORDER, [&](v1::TimelineEntry& entry) {
            entry.set_order_id(order_id);
            change(entry);
        });
        transaction_.exec_params(kFollowContact, order_id, contact_id);
    }

    void Save(const std::string& id, const std::string& contact_id, v1::EntryKind kind, const Change& change) {
        v1::TimelineEntry entry;
        const auto known = transaction_.exec_params(kLoad, id);
        if (known.empty()) {
            entry.set_contact_id(contact_id);
            entry.set_kind(kind);
            entry.set_medium(kind == v1::CONTACT ? v1::VOICE : v1::MEDIUM_UNSPECIFIED);
            *entry.mutable_time() = ToTimestamp(event_.occurred);
            entry.set_open(true);
        } else {
            FromJson(known[0][0].as<std::string>(), entry);
        }
        change(entry);
        const std::string last = entry.agent_ids().empty() ? "" : *entry.agent_ids().rbegin();
        transaction_.exec_params(kSave, id, static_cast<int>(kind), contact_id,
                                 TimeUtil::TimestampToMilliseconds(entry.time()), entry.open(), last, ToJson(entry));
    }

    void SetNumber(const std::string& contact_id, const std::string& written) {
        const auto kept = keeper_.Keep(written, "");
        if (!kept.ok()) {
            return;  // withheld
        }
        const auto owners = OwnersOf(transaction_, kept->hash);
        std::optional<std::string> owner;
        if (owners.size() == 1) {
            owner = owners[0];
        }
        transaction_.exec_params(kSetNumber, contact_id, pqxx::binarystring(kept->hash),
                                 pqxx::binarystring(kept->sealed), ToJson(ToProto(kept->shown)), owner);
    }

    pqxx::work& transaction_;
    const bus::Received& event_;
    const NumberKeeper& keeper_;
};

}  // namespace

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
