// Live calls and what is kept with them.
#include "acd/app/call_book.hpp"

#include <algorithm>
#include <cctype>

#include "acd/app/checkpoint.hpp"
#include "acd/app/record.hpp"

namespace trunkline::acd {
namespace {

// An INVITE has to fit into a datagram.
constexpr size_t kMostHeaders = 8;
constexpr size_t kLongestHeader = 128;

bool IsToken(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

bool IsPrintable(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= ' ' && c != 0x7f; });
}

// A fact whose own call has ended, or that has none, is kept with another call of the same decision.
LiveCall* FirstLive(const Decisions& decisions, CallBook& book) {
    for (const ContactId& id : decisions.contacts) {
        if (LiveCall* live = book.Find(id); live != nullptr) {
            return live;
        }
    }
    return nullptr;
}

bool IsOfTask(const ContactId& id, const Decisions& decisions, const Router& router) {
    const auto contact = router.contacts().find(id);
    return contact == router.contacts().end()
               ? std::find(decisions.gone.begin(), decisions.gone.end(), id) != decisions.gone.end()
               : !contact->second.IsCall();
}

}  // namespace

LiveCall& CallBook::Add(const calls::Call& call) {
    LiveCall& live = calls_[call.contact];
    live = {};
    live.call = call.id;
    live.contact = call.contact;
    live.epoch = call.epoch;
    live.data = call.data;
    live.answered = call.answered;
    for (const calls::Leg& leg : call.legs) {
        if (leg.customer) {
            live.customer_leg = leg.id;
        }
    }
    if (const auto rings = call.data.find(kRingsKey); rings != call.data.end()) {
        const RecordReader record(rings->second);
        live.facts_kept = static_cast<uint32_t>(record.Number("facts"));
        live.agents_kept = static_cast<uint32_t>(record.Number("agents"));
        live.orders = record.Number("orders");
    }
    contacts_[call.id] = call.contact;
    return live;
}

void CallBook::Remove(const ContactId& contact) {
    if (const LiveCall* live = Find(contact); live != nullptr) {
        contacts_.erase(live->call);
        calls_.erase(contact);
    }
}

LiveCall* CallBook::Find(const ContactId& contact) {
    const auto found = calls_.find(contact);
    return found == calls_.end() ? nullptr : &found->second;
}

LiveCall* CallBook::Find(const CallId& call) {
    const auto found = contacts_.find(call);
    return found == contacts_.end() ? nullptr : Find(found->second);
}

calls::Order OrderFor(LiveCall& call, const std::string& word, decltype(calls::Order::action) action) {
    return {call.call, call.epoch, word + "/" + std::to_string(++call.orders), std::move(action)};
}

std::unordered_map<ContactId, calls::Data> EntriesToKeep(const Decisions& decisions, const Router& router,
                                                         const Facts& facts, CallBook& book) {
    std::unordered_map<ContactId, calls::Data> entries;
    LiveCall* const heir = FirstLive(decisions, book);
    for (const Fact& fact : decisions.facts) {
        if (IsOfTask(ContactOf(fact), decisions, router)) {
            continue;  // stored together with the task
        }
        LiveCall* live = book.Find(ContactOf(fact));
        live = live == nullptr ? heir : live;
        if (live != nullptr) {
            const uint32_t at = live->facts_kept++ % kFactsKept;
            entries[live->contact][kFactPrefix + std::to_string(at)] = facts.Pack(fact);
        }
    }
    for (const AgentTouched& touched : decisions.agents) {
        const auto agent = router.agents().find(touched.agent);
        LiveCall* live = book.Find(touched.contact);
        if (live != nullptr && agent != router.agents().end()) {
            const uint32_t at = live->agents_kept++ % kAgentsKept;
            entries[live->contact][kAgentPrefix + std::to_string(at)] = PackAgent(touched.agent, agent->second.status);
        }
    }
    for (const ContactId& id : decisions.contacts) {
        const auto contact = router.contacts().find(id);
        if (book.Find(id) != nullptr && contact != router.contacts().end()) {
            entries[id][kContactKey] = PackContact(contact->second);
            entries[id]["queue"] = contact->second.queue.str();
        }
    }
    for (const CallbackId& id : decisions.callbacks) {
        const auto callback = router.callbacks().find(id);
        const ContactId asked(id.str());
        if (book.Find(asked) != nullptr && callback != router.callbacks().end()) {
            entries[asked][kCallbackKey] = PackCallback(callback->second);
        }
    }
    for (auto& [id, data] : entries) {
        LiveCall& live = *book.Find(id);
        RecordWriter rings;
        rings.Put("facts", live.facts_kept);
        rings.Put("agents", live.agents_kept);
        // Orders of this very decision are counted later; leave room, so that no command id comes twice.
        rings.Put("orders", live.orders + 64);
        data[kRingsKey] = rings.text();
        std::erase_if(data, [&](const auto& entry) {
            const auto known = live.data.find(entry.first);
            return known != live.data.end() && known->second == entry.second;
        });
        for (const auto& [key, value] : data) {
            live.data[key] = value;
        }
    }
    return entries;
}

calls::Data HeadersFor(const LiveCall& call, const QueueId& queue) {
    calls::Data headers{{"X-Trunkline-Contact-Id", call.contact.str()}, {"X-Trunkline-Queue", queue.str()}};
    for (const auto& [key, value] : call.data) {
        if (headers.size() == kMostHeaders) {
            break;
        }
        if (key != "queue" && IsToken(key) && value.size() <= kLongestHeader && IsPrintable(value)) {
            std::string name = "X-Trunkline-" + key;
            std::replace(name.begin(), name.end(), '_', '-');
            headers.emplace(std::move(name), value);
        }
    }
    return headers;
}

}  // namespace trunkline::acd
