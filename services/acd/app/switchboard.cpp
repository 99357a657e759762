// Router and world brought together: requests, decisions, orders.
#include "acd/app/switchboard.hpp"

#include <set>

#include "acd/app/announcement.hpp"
#include "acd/app/callback_texts.hpp"
#include "acd/app/checkpoint.hpp"
#include "acd/app/hours.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::acd {
namespace {

// Attached data of a number whose calls are answered only when an agent has answered.
constexpr const char* kAnswerKey = "answer";
constexpr uint32_t kSipAccepted = 202;
constexpr Duration kShowInterval = std::chrono::seconds(1);
constexpr Duration kHoursInterval = std::chrono::seconds(10);

uint32_t SipStatusOf(TransferAnswer answer) {
    switch (answer) {
        case TransferAnswer::kAccepted:
            return kSipAccepted;
        case TransferAnswer::kUnknownTarget:
            return 404;
        case TransferAnswer::kTargetAway:
            return 480;
        case TransferAnswer::kNotNow:
            return 491;
        case TransferAnswer::kNotSupported:
            return 501;
    }
    return 500;
}

}  // namespace

void Switchboard::Load(const Settings& settings) {
    const TimePoint now = ports_.clock.Now();
    for (const Medium& medium : settings.media) {
        (void)Run(MediumPut{medium}, now);
    }
    for (const QueueSettings& queue : settings.queues) {
        (void)Run(QueuePut{queue}, now);
    }
    for (const Reason& reason : settings.reasons) {
        (void)Run(ReasonPut{reason}, now);
    }
    TellHours(now);
    for (const AgentSettings& agent : settings.agents) {
        (void)Run(AgentPut{agent}, now);
    }
    for (const auto& [agent, status] : settings.statuses) {
        (void)Run(AgentRestored{agent, status}, now);
    }
    for (const Task& task : settings.tasks) {
        task_data_[task.contact.id] = task.data;
        ContactRestored restored;
        restored.contact = task.contact;
        (void)Run(restored, now);
    }
    for (const std::string& key : settings.do_not_call) {
        (void)Run(DoNotCallPut{key}, now);
    }
    for (const Callback& callback : settings.callbacks) {
        (void)Run(CallbackRestored{callback, true}, now);
    }
    TellCallbackHours(now);
    log::Info("settings loaded", {{log::kCount, settings.agents.size() + settings.queues.size()}});
}

Status Switchboard::Request(const Event& event) {
    const Status done = Run(event, ports_.clock.Now());
    if (std::holds_alternative<QueuePut>(event)) {
        TellHours(ports_.clock.Now());
        TellCallbackHours(ports_.clock.Now());
    }
    return done;
}

void Switchboard::TellHours(TimePoint now) {
    std::vector<QueueHoursChanged> changes;
    for (const auto& [id, queue] : router_.queues()) {
        const auto& hours = queue.settings.opening_hours;
        const auto calendar = hours ? CalendarOf(*hours) : Result<calendar::WorkingCalendar>(Error{});
        const Hours state = calendar.ok() ? HoursAt(*hours, *calendar, now) : Hours::kOpen;
        if (state != queue.hours) {
            changes.push_back({id, state});
        }
    }
    for (const QueueHoursChanged& change : changes) {
        (void)Run(change, now);
    }
}

void Switchboard::OnTime() {
    const TimePoint now = ports_.clock.Now();
    if (const auto due = router_.NextWakeUp(); due && *due <= now) {
        (void)Run(Tick{}, now);
    }
    ports_.trunk.Flush();
    const SteadyTime steady = ports_.clock.SteadyNow();
    if (steady - shown_ >= kShowInterval) {
        shown_ = steady;
        ports_.observer.OnState(router_);
    }
    if (steady - hours_told_ >= kHoursInterval) {
        hours_told_ = steady;
        TellHours(now);
        TellCallbackHours(now);
    }
}

void Switchboard::OnLinkDown() {
    ports_.observer.OnLink(false);
    (void)Run(RoutingClosed{}, ports_.clock.Now());
}

calls::Data Switchboard::DataOf(const ContactId& contact) {
    if (const LiveCall* call = book_.Find(contact); call != nullptr) {
        return call->data;
    }
    const auto task = task_data_.find(contact);
    return task == task_data_.end() ? calls::Data{} : task->second;
}

Status Switchboard::Run(const Event& event, TimePoint time) {
    const SteadyTime begin = ports_.clock.SteadyNow();
    const Result<Decisions> decisions = router_.Apply(event, time);
    ports_.observer.OnDecided(ports_.clock.SteadyNow() - begin);
    if (!decisions.ok()) {
        ports_.observer.OnIllegal(decisions.error().reason);
        log::Debug("event refused",
                   {{log::kReason, decisions.error().reason}, {log::kError, decisions.error().message}});
        return decisions.error();
    }
    Carry(*decisions);
    return {};
}

// First what an heir needs, then the orders, then the facts: whoever takes over after any of these finds enough.
void Switchboard::Carry(const Decisions& decisions) {
    for (const Error& error : decisions.illegal) {
        ports_.observer.OnIllegal(error.reason);
        log::Warning("illegal change of state", {{log::kReason, error.reason}, {log::kError, error.message}});
    }
    BeginOwnCalls(decisions);
    for (auto& [contact, data] : EntriesToKeep(decisions, router_, ports_.facts, book_)) {
        Send(*book_.Find(contact), "keep", calls::SetData{std::move(data)});
    }
    for (const Command& command : decisions.commands) {
        // A call that has ended needs no orders.
        if (LiveCall* call = book_.Find(ContactOf(command)); call != nullptr) {
            std::visit([&](const auto& body) { On(body, *call); }, command);
        }
    }
    Batch batch;
    for (const Fact& fact : decisions.facts) {
        ports_.observer.OnFact(fact);
        batch.facts.push_back(fact);
    }
    for (const AgentTouched& touched : decisions.agents) {
        const auto agent = router_.agents().find(touched.agent);
        if (agent != router_.agents().end()) {
            batch.agents.emplace_back(touched.agent, agent->second.status);
        }
    }
    TakeTasks(decisions, batch);
    for (const CallbackId& id : decisions.callbacks) {
        const auto callback = router_.callbacks().find(id);
        if (callback != router_.callbacks().end()) {
            batch.callbacks.push_back(callback->second);
        } else {
            batch.forgotten_callbacks.push_back(id);
        }
    }
    if (!batch.facts.empty() || !batch.agents.empty() || !batch.tasks.empty() || !batch.gone_tasks.empty() ||
        !decisions.callbacks.empty()) {
        ports_.facts.Store(std::move(batch));
    }
}

void Switchboard::TakeTasks(const Decisions& decisions, Batch& batch) {
    std::set<ContactId> taken;
    for (const ContactId& id : decisions.contacts) {
        const auto contact = router_.contacts().find(id);
        if (contact != router_.contacts().end() && !contact->second.IsCall() && taken.insert(id).second) {
            batch.tasks.push_back({contact->second, task_data_[id]});
        }
    }
    for (const ContactId& id : decisions.gone) {
        task_data_.erase(id);
        batch.gone_tasks.push_back(id);
    }
}

Status Switchboard::CreateTask(const ContactArrived& event, calls::Data data) {
    if (const auto known = router_.contacts().find(event.contact); known != router_.contacts().end()) {
        return known->second.IsCall() ? Status(Error{Code::kAlreadyExists, "CONTACT_EXISTS",
                                                     "contact " + event.contact.str() + " is a call"})
                                      : Status{};
    }
    task_data_[event.contact] = std::move(data);
    const Status created = Request(event);
    if (!created.ok()) {
        task_data_.erase(event.contact);
    }
    return created;
}

void Switchboard::Send(LiveCall& call, const char* word, decltype(calls::Order::action) action) {
    ports_.trunk.Send(OrderFor(call, word, std::move(action)));
}

void Switchboard::On(const AnswerContact& /*command*/, LiveCall& call) {
    const auto wish = call.data.find(kAnswerKey);
    if (wish == call.data.end() || wish->second != "late") {
        AnswerCall(call);
    }
}

void Switchboard::AnswerCall(LiveCall& call) {
    if (!std::exchange(call.answered, true)) {
        Send(call, "answer", calls::Answer{});
    }
}

void Switchboard::On(const PlayMusic& command, LiveCall& call) {
    if (command.leg.empty()) {
        call.announcement.clear();
        if (!call.answered) {
            return;
        }
    }
    const auto contact = router_.contacts().find(command.contact);
    const bool known = contact != router_.contacts().end();
    Send(call, "music", calls::PlayMusic{command.leg, known ? QueueOf(command.contact).music : ""});
}

void Switchboard::On(const Announce& command, LiveCall& /*call*/) {
    const Contact& contact = router_.contacts().at(command.contact);
    const QueueSettings& queue = router_.queues().at(contact.queue).settings;
    ports_.prompts.Render(
        AnnouncementFor(queue, command.place, command.expected_wait), queue.language,
        [this, id = command.contact](const std::optional<std::string>& prompt_id) { PlayAnnouncement(id, prompt_id); });
}

void Switchboard::PlayAnnouncement(const ContactId& contact, const std::optional<std::string>& prompt_id) {
    const auto found = router_.contacts().find(contact);
    LiveCall* call = book_.Find(contact);
    const bool waits = found != router_.contacts().end() && found->second.state == ContactState::kWaiting;
    if (prompt_id && call != nullptr && call->answered && waits) {
        calls::Order order = OrderFor(*call, "announce", calls::PlayPrompt{*prompt_id});
        call->announcement = order.command_id;
        ports_.trunk.Send(std::move(order));
    }
}

void Switchboard::On(const Ring& command, LiveCall& call) {
    const Contact& contact = router_.contacts().at(command.contact);
    calls::Order order = OrderFor(
        call, "dial",
        calls::Dial{command.leg, command.phone, contact.from_number, command.limit, HeadersFor(call, contact.queue),
                    command.supervises ? calls::Dial::Role::kSupervisor : calls::Dial::Role::kAgent});
    if (!command.number.empty()) {
        auto& dial = std::get<calls::Dial>(order.action);
        dial.number = command.number;
        dial.trunk = QueueOf(command.contact).outbound.trunk;
        dial.is_group = QueueOf(command.contact).outbound.is_group;
        dial.caller_number = QueueOf(command.contact).outbound.caller_number;
    }
    // The leg is named, so that a refusal can be told from the command id alone.
    order.command_id = "dial/" + command.leg.str();
    ports_.trunk.Send(std::move(order));
}

void Switchboard::On(const DropLeg& command, LiveCall& call) { Send(call, "drop", calls::HangUpLeg{command.leg}); }

void Switchboard::On(const Bridge& command, LiveCall& call) {
    call.announcement.clear();
    AnswerCall(call);
    Send(call, "bridge", calls::Bridge{{call.customer_leg, command.leg}, {}, QueueOf(command.contact).record_private});
}

void Switchboard::On(const Unbridge& /*command*/, LiveCall& call) {
    Send(call, "unbridge", calls::Unbridge{call.customer_leg});
}

void Switchboard::On(const StartRecording& command, LiveCall& call) {
    AnswerCall(call);
    Send(call, "record", calls::StartRecording{RecordingOf(command.contact), command.required});
}

void Switchboard::On(const HangUp& /*command*/, LiveCall& call) { Send(call, "hang-up", calls::HangUp{}); }

void Switchboard::On(const SayGoodbye& command, LiveCall& call) {
    call.leaving = true;
    const Contact& contact = router_.contacts().at(command.contact);
    const std::string language = command.calls_back ? LanguageOf(contact) : contact.home->settings.language;
    const std::string text = command.calls_back ? CallbackPromise(language) : command.text;
    if (text.empty()) {
        Send(call, "hang-up", calls::HangUp{});
        return;
    }
    ports_.prompts.Render(text, language, [this, id = command.contact](const std::optional<std::string>& prompt_id) {
        LiveCall* leaving = book_.Find(id);
        if (leaving == nullptr) {
            return;
        }
        if (!prompt_id) {
            Send(*leaving, "hang-up", calls::HangUp{});
            return;
        }
        calls::Order order = OrderFor(*leaving, "goodbye", calls::PlayPrompt{*prompt_id});
        leaving->announcement = order.command_id;
        ports_.trunk.Send(std::move(order));
    });
}

void Switchboard::On(const HandBack& command, LiveCall& call) {
    calls::Data data(command.data.begin(), command.data.end());
    if (command.flow.empty()) {
        data["queue_result"] = command.reason;
    } else {
        data["queue_rule"] = command.reason;
        // Self service begins this flow instead of going on in the old one.
        data["flow"] = command.flow;
        data["ivr.flow"] = "";
        // What is kept says that it is done here; should it come back, its counts go on.
        Contact done;
        done.id = command.contact;
        done.queue = QueueId(call.data["queue"].empty() ? "-" : call.data["queue"]);
        done.state = ContactState::kDone;
        done.segment = command.segments;
        done.parts = command.parts;
        data[kContactKey] = PackContact(done);
    }
    Send(call, "hand-back", calls::HandOver{"ivr", std::move(data)});
    book_.Remove(command.contact);
}

void Switchboard::On(const AnswerTransfer& command, LiveCall& call) {
    const bool accept = command.answer == TransferAnswer::kAccepted;
    Send(call, "answer-transfer", calls::AnswerTransfer{command.leg, accept, SipStatusOf(command.answer)});
}

void Switchboard::On(const ReportTransfer& command, LiveCall& call) {
    Send(call, "report-transfer", calls::ReportTransfer{command.leg, command.completed ? 200U : 480U});
}

}  // namespace trunkline::acd
