// Orders and answers about callbacks: what is asked of callers, and when customers may be called.
#include <memory>

#include "acd/app/callback_texts.hpp"
#include "acd/app/caller_number.hpp"
#include "acd/app/hours.hpp"
#include "acd/app/switchboard.hpp"

namespace trunkline::acd {
namespace {

// When a queue says nothing of its own: nobody wants to be called at night.
OpeningHours DefaultCallbackHours() {
    OpeningHours hours;
    for (uint32_t weekday = 1; weekday <= 7; ++weekday) {
        hours.spans.push_back({weekday, "08:00", "21:00"});
    }
    return hours;
}

bool OffersCallbacks(const QueueSettings& queue) {
    return std::any_of(queue.keys.begin(), queue.keys.end(),
                       [](const auto& entry) { return entry.second.action == KeyAction::kCallback; });
}

}  // namespace

bool Switchboard::MayCallBack(const QueueSettings& queue, TimePoint now) {
    const OpeningHours hours = queue.callback_hours.value_or(DefaultCallbackHours());
    const auto calendar = CalendarOf(hours);
    return calendar.ok() && HoursAt(hours, *calendar, now) == Hours::kOpen;
}

void Switchboard::TellCallbackHours(TimePoint now) {
    std::vector<CallbackHoursChanged> changes;
    for (const auto& [id, queue] : router_.queues()) {
        // A queue that offers none any more may still have some.
        const bool matters = OffersCallbacks(queue.settings) || !router_.callbacks().empty();
        const bool allowed = matters ? MayCallBack(queue.settings, now) : queue.calls_back;
        if (allowed != queue.calls_back) {
            changes.push_back({id, allowed});
        }
    }
    for (const CallbackHoursChanged& change : changes) {
        (void)Run(change, now);
    }
}

// The caller's own language when announcements are spoken in it, otherwise the queue's.
std::string Switchboard::LanguageOf(const Contact& contact) {
    const bool known = contact.language == "zh" || contact.language == "en";
    return known ? contact.language : contact.home->settings.language;
}

KeyPressed Switchboard::PressedBy(const LiveCall& call, char key) const {
    KeyPressed pressed{call.contact, key};
    const auto contact = router_.contacts().find(call.contact);
    if (contact == router_.contacts().end()) {
        return pressed;
    }
    const auto& keys = contact->second.home->settings.keys;
    const auto offer = keys.find(key);
    if (offer != keys.end() && offer->second.action == KeyAction::kCallback) {
        pressed.caller = CallerOf(contact->second.from_number);
    }
    return pressed;
}

// Answers of questions are found by the word their command begins with, so that they are also after a restart.
void Switchboard::TakeKeys(const LiveCall& call, const std::string& command_id, const std::string& digits,
                           TimePoint time) {
    if (command_id.starts_with("greet/")) {
        (void)Run(CallbackKeyed{call.contact, digits}, time);
    } else if (command_id.starts_with("ask/")) {
        (void)Run(CallerKeyed{call.contact, digits, NumberKeyed(digits), DataForCallback(call.data)}, time);
    }
}

void Switchboard::On(const AskCustomer& command, LiveCall& /*call*/) {
    const Contact& contact = router_.contacts().at(command.contact);
    const std::string language = LanguageOf(contact);
    Speak(TextsFor(command, contact.home->settings, language), language,
          [this, command](std::vector<std::string> prompt_ids) { Ask(command, std::move(prompt_ids)); });
}

void Switchboard::Ask(const AskCustomer& command, std::vector<std::string> prompt_ids) {
    const auto contact = router_.contacts().find(command.contact);
    LiveCall* call = book_.Find(command.contact);
    const bool greets = command.question == Question::kGreeting;
    if (call == nullptr || contact == router_.contacts().end() ||
        !(greets ? contact->second.CallsBack() : contact->second.asking.has_value())) {
        return;
    }
    if (!greets && prompt_ids.empty()) {
        // Nobody can answer what he has not heard.
        (void)Run(CallerKeyed{command.contact, "", {}, {}}, ports_.clock.Now());
        return;
    }
    call->announcement.clear();
    Send(*call, greets ? "greet" : "ask", calls::AskKeys{{}, std::move(prompt_ids), KeysFor(command.question)});
}

// All of the texts or none.
void Switchboard::Speak(const std::vector<std::string>& texts, const std::string& language,
                        std::function<void(std::vector<std::string>)> done) {
    struct Spoken {
        std::vector<std::string> prompt_ids;
        size_t left = 0;
        bool complete = true;
    };
    auto spoken = std::make_shared<Spoken>();
    spoken->prompt_ids.resize(texts.size());
    spoken->left = texts.size();
    for (size_t i = 0; i < texts.size(); ++i) {
        ports_.prompts.Render(texts[i], language, [spoken, i, done](const std::optional<std::string>& prompt_id) {
            spoken->complete = spoken->complete && prompt_id.has_value();
            spoken->prompt_ids[i] = prompt_id.value_or("");
            if (--spoken->left == 0) {
                done(spoken->complete ? std::move(spoken->prompt_ids) : std::vector<std::string>{});
            }
        });
    }
}

void Switchboard::On(const RefuseCallback& command, LiveCall& /*call*/) {
    const std::string language = LanguageOf(router_.contacts().at(command.contact));
    ports_.prompts.Render(
        CallbackRefusal(command.arranged, language), language,
        [this, id = command.contact](const std::optional<std::string>& prompt_id) { PlayAnnouncement(id, prompt_id); });
}

}  // namespace trunkline::acd
