// A transfer: the caller hears ringing until the party answers; when the party leaves after that, the call is over.
#include "ivr/domain/nodes/transfer.hpp"

namespace trunkline::ivr {

using namespace std::chrono_literals;

namespace {

// Ringing as GB/T 3380 has it: 450 Hz, 1 s on, 4 s off.
PlayPrompt Ringing() { return {{Tone{450, 1s}, Silence{4s}}, false, true, std::nullopt}; }

template <class PartyEvent>
bool IsOf(const Event& event, const LegId& party) {
    const auto* found = std::get_if<PartyEvent>(&event);
    return found && found->leg == party;
}

}  // namespace

Step Transfer::Start(Context& context) const {
    CallState& call = context.call;
    if (call.party_bridged) return End{EndReason::kTransferred};
    // Rung before a restart: who answers in between would be lost, so it is rung anew.
    if (!call.party.empty()) context.commands.push_back(HangUpParty{call.party});
    call.party = LegId{context.ids.New()};
    context.commands.push_back(Ringing());
    context.commands.push_back(DialParty{call.party, Substitute(phone, context.variables),
                                         Substitute(number, context.variables), trunk,
                                         Substitute("{from_number}", context.variables), ring_limit});
    return Wait{};
}

Step Transfer::OnEvent(Context& context, const Event& event) const {
    CallState& call = context.call;
    if (IsOf<PartyAnswered>(event, call.party)) {
        if (record) context.commands.push_back(RecordCall{RecordingId{context.ids.New()}});
        context.commands.push_back(BridgeParty{call.customer, call.party});
        return Wait{};
    }
    if (IsOf<PartyBridged>(event, call.party)) {
        call.party_bridged = true;
        return End{EndReason::kTransferred};
    }
    if (IsOf<PartyEnded>(event, call.party)) return OnPartyEnded(context);
    const auto* refused = std::get_if<CommandRefused>(&event);
    if (refused && !call.party_bridged && refused->reason != "RECORDING_FAILED") {
        context.commands.push_back(HangUpParty{call.party});
        call.party = {};
        return Continue{{"failed", failed}};
    }
    return Wait{};
}

Step Transfer::OnPartyEnded(Context& context) const {
    context.call.party = {};
    if (!context.call.party_bridged) return Continue{{"failed", failed}};
    context.call.party_bridged = false;
    context.commands.push_back(HangUpCall{});
    return End{EndReason::kTransferred};
}

void Transfer::Check(Problems& problems) const {
    problems.Expect(phone.empty() != number.empty(), "name either a phone or a number");
    problems.Expect(number.empty() || !trunk.empty(), "trunk is empty; a number outside needs a carrier trunk");
    problems.ExpectBetween(ring_limit, 1s, 180s, "ring_limit");
}

}  // namespace trunkline::ivr
