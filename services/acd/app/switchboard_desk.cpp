// Orders of agents' and supervisors' call control.
#include "acd/app/checkpoint.hpp"
#include "acd/app/switchboard.hpp"

namespace trunkline::acd {
namespace {

constexpr std::string_view kConfirmPrefix = "confirm/";

}  // namespace

const QueueSettings& Switchboard::QueueOf(const ContactId& contact) const {
    return router_.contacts().at(contact).home->settings;
}

void Switchboard::BeginOwnCalls(const Decisions& decisions) {
    for (const Command& command : decisions.commands) {
        if (const auto* own = std::get_if<Originate>(&command); own != nullptr) {
            calls::Call call;
            call.id = own->call;
            call.contact = own->contact;
            call.epoch = 1;
            call.answered = true;  // by the agent; there is nothing of the customer's to answer
            calls::Leg customer;
            customer.id = LegId(DerivedId("customer/" + own->contact.str()));
            customer.customer = true;
            call.legs.push_back(customer);
            On(*own, book_.Add(call));
        }
    }
}

// Given by BeginOwnCalls before anything is kept with the call; the second time nothing is left to do.
void Switchboard::On(const Originate& command, LiveCall& call) {
    if (call.orders > 0) {
        return;
    }
    const Contact& contact = router_.contacts().at(command.contact);
    if (contact.callback) {
        const Callback& callback = router_.callbacks().at(contact.callback->callback);
        call.data = {callback.data.begin(), callback.data.end()};
        call.data["medium"] = "callback";
        call.data["callback_id"] = callback.id.str();
    }
    call.data["queue"] = contact.queue.str();
    call.data[kContactKey] = PackContact(contact);
    Send(call, "originate",
         calls::Originate{command.contact, call.customer_leg, command.caller_number, command.number, call.data});
}

void Switchboard::On(const PlayRinging& command, LiveCall& call) {
    Send(call, "ringing", calls::PlayRinging{command.leg});
}

// The command names the leg, so that the key finds its offer again after a restart.
void Switchboard::On(const AskToConfirm& command, LiveCall& /*call*/) {
    const bool chinese = QueueOf(command.contact).language == "zh";
    ports_.prompts.Render(chinese ? "有客户来电，接听请按1" : "A customer is calling. To take the call press 1.",
                          QueueOf(command.contact).language,
                          [this, command](const std::optional<std::string>& prompt_id) {
                              if (LiveCall* call = book_.Find(command.contact); call != nullptr) {
                                  calls::AskKeys ask{command.leg, {}, 1};
                                  if (prompt_id) {
                                      ask.prompt_ids.push_back(*prompt_id);
                                  }
                                  calls::Order order = OrderFor(*call, "confirm", std::move(ask));
                                  order.command_id = std::string(kConfirmPrefix) + command.leg.str();
                                  ports_.trunk.Send(std::move(order));
                              }
                          });
}

void Switchboard::On(const DialNumber& command, LiveCall& call) {
    const bool customer = command.leg.empty();
    calls::Dial dial;
    dial.leg = customer ? call.customer_leg : command.leg;
    dial.role = customer ? calls::Dial::Role::kCustomer : calls::Dial::Role::kOutside;
    dial.number = command.number;
    dial.trunk = command.trunk;
    const auto contact = router_.contacts().find(command.contact);
    dial.is_group = contact != router_.contacts().end() && contact->second.home->settings.outbound.is_group;
    dial.caller_number = command.caller_number;
    dial.ring_limit = command.limit;
    calls::Order order = OrderFor(call, "dial", std::move(dial));
    // The customer's leg fails with the call itself.
    order.command_id = (customer ? "dial-customer/" : "dial/") + std::get<calls::Dial>(order.action).leg.str();
    ports_.trunk.Send(std::move(order));
}

void Switchboard::On(const Arrange& command, LiveCall& call) {
    call.announcement.clear();
    const auto real = [&](const LegId& leg) { return leg.empty() ? call.customer_leg : leg; };
    calls::Bridge bridge;
    for (const LegId& leg : command.arrangement.legs) {
        bridge.legs.push_back(real(leg));
    }
    for (const auto& hearing : command.arrangement.hearing) {
        bridge.hearing.push_back({real(hearing.listener), {}});
        for (const LegId& speaker : hearing.speakers) {
            bridge.hearing.back().speakers.push_back(real(speaker));
        }
    }
    bridge.record_private = QueueOf(command.contact).record_private;
    Send(call, "bridge", std::move(bridge));
}

void Switchboard::On(const SendDigits& command, LiveCall& call) {
    Send(call, "digits", calls::SendDigits{command.leg.empty() ? call.customer_leg : command.leg, command.digits});
}

void Switchboard::On(const PauseRecording& command, LiveCall& call) {
    Send(call, "pause", calls::PauseRecording{command.paused});
}

}  // namespace trunkline::acd
