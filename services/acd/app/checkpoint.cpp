// Contacts and agents' statuses as text.
#include "acd/app/checkpoint.hpp"

#include <algorithm>

#include "acd/app/record.hpp"

namespace trunkline::acd {
namespace {

void PutOffer(const std::string& name, const Offer& offer, RecordWriter& record) {
    record.Put(name + ".agent", offer.agent.str());
    record.Put(name + ".leg", offer.leg.str());
    record.Put(name + ".attempt", offer.attempt);
    record.Put(name + ".since", offer.since);
    record.Put(name + ".answered", static_cast<uint64_t>(offer.answered));
    record.Put(name + ".given_up", offer.given_up);
    record.Put(name + ".endpoint", offer.endpoint);
}

Offer OfferIn(const std::string& name, const RecordReader& record) {
    Offer offer;
    offer.agent = AgentId(record.Text(name + ".agent"));
    offer.leg = LegId(record.Text(name + ".leg"));
    offer.attempt = static_cast<uint32_t>(record.Number(name + ".attempt"));
    offer.since = record.Time(name + ".since");
    offer.answered = record.Number(name + ".answered") != 0;
    offer.given_up = record.Time(name + ".given_up");
    offer.endpoint = static_cast<uint32_t>(record.Number(name + ".endpoint"));
    return offer;
}

std::string RivalName(size_t number) { return "rival." + std::to_string(number); }

void PutTally(const Tally& tally, RecordWriter& record) {
    record.Put("tally.began", tally.began);
    record.Put("tally.offered", tally.offered);
    record.Put("tally.contacts", tally.contacts);
    record.Put("tally.talk", tally.talk);
    record.Put("tally.busy", tally.busy);
}

Tally TallyIn(const RecordReader& record) {
    return {record.Time("tally.began"), record.Time("tally.offered"),
            static_cast<uint32_t>(record.Number("tally.contacts")), record.Length("tally.talk"),
            record.Length("tally.busy")};
}

void PutPart(const Part& part, RecordWriter& record) {
    record.Put("part.agent", part.agent.str());
    record.Put("part.leg", part.leg.str());
    record.Put("part.number", part.number);
    record.Put("part.start", part.start);
    record.Put("part.hold", part.hold);
    record.Put("part.held_since", part.held_since.value_or(TimePoint{}));
    record.Put("part.phone_held", static_cast<uint64_t>(part.phone_held));
    record.Put("part.muted", static_cast<uint64_t>(part.muted));
    record.Put("part.consults", static_cast<uint64_t>(part.consults));
}

Part PartIn(const RecordReader& record) {
    Part part;
    part.agent = AgentId(record.Text("part.agent"));
    part.leg = LegId(record.Text("part.leg"));
    part.number = static_cast<uint32_t>(record.Number("part.number"));
    part.start = record.Time("part.start");
    part.hold = record.Length("part.hold");
    if (record.Has("part.held_since")) {
        part.held_since = record.Time("part.held_since");
    }
    part.phone_held = record.Number("part.phone_held") != 0;
    part.muted = record.Number("part.muted") != 0;
    part.consults = record.Number("part.consults") != 0;
    return part;
}

void PutTransfer(const Transfer& transfer, RecordWriter& record) {
    record.Put("transfer.target", transfer.target);
    record.Put("transfer.agent", transfer.from_agent.str());
    record.Put("transfer.leg", transfer.from_leg.str());
    record.Put("transfer.part", transfer.part);
    record.Put("transfer.number", transfer.number);
    record.Put("transfer.by_api", static_cast<uint64_t>(!transfer.by_phone));
}

Transfer TransferIn(const RecordReader& record) {
    return {record.Text("transfer.target"),
            AgentId(record.Text("transfer.agent")),
            LegId(record.Text("transfer.leg")),
            static_cast<uint32_t>(record.Number("transfer.part")),
            static_cast<uint32_t>(record.Number("transfer.number")),
            record.Number("transfer.by_api") == 0};
}

void PutParty(const std::string& name, const Party& party, RecordWriter& record) {
    record.Put(name + "leg", party.leg.str());
    record.Put(name + "kind", static_cast<uint64_t>(party.kind));
    record.Put(name + "agent", party.agent.str());
    record.Put(name + "number", party.number);
    record.Put(name + "up", static_cast<uint64_t>(party.up));
    record.Put(name + "muted", static_cast<uint64_t>(party.muted));
    record.Put(name + "supervision", static_cast<uint64_t>(party.supervision));
    record.Put(name + "since", party.since);
}

Party PartyIn(const std::string& name, const RecordReader& record) {
    Party party;
    party.leg = LegId(record.Text(name + "leg"));
    party.kind = static_cast<Party::Kind>(std::min<uint64_t>(record.Number(name + "kind"), 3));
    party.agent = AgentId(record.Text(name + "agent"));
    party.number = record.Text(name + "number");
    party.up = record.Number(name + "up") != 0;
    party.muted = record.Number(name + "muted") != 0;
    party.supervision = static_cast<Supervision>(std::min<uint64_t>(record.Number(name + "supervision"), 3));
    party.since = record.Time(name + "since");
    return party;
}

// What a contact without a call has of its own.
void PutTask(const Contact& contact, RecordWriter& record) {
    record.Put("medium", contact.medium);
    record.Put("label", contact.label);
    record.Put("reference", contact.reference);
    record.Put("last_agent", contact.last_agent.str());
    record.Put("first_arrived", contact.first_arrived);
    record.Put("answer_due", contact.answer_due);
    if (contact.wrap_up) {
        record.Put("wrap_up.agent", contact.wrap_up->agent.str());
        record.Put("wrap_up.part", contact.wrap_up->part);
        record.Put("wrap_up.handled", contact.wrap_up->handled_since);
        record.Put("wrap_up.began", contact.wrap_up->began);
        record.Put("wrap_up.ends", contact.wrap_up->ends);
    }
}

void TakeTask(const RecordReader& record, Contact& contact) {
    contact.medium = record.Text("medium");
    contact.label = record.Text("label");
    contact.reference = record.Text("reference");
    contact.last_agent = AgentId(record.Text("last_agent"));
    contact.first_arrived = record.Time("first_arrived");
    contact.answer_due = record.Time("answer_due");
    if (record.Has("wrap_up.agent")) {
        contact.wrap_up =
            WrapUp{AgentId(record.Text("wrap_up.agent")), static_cast<uint32_t>(record.Number("wrap_up.part")),
                   record.Time("wrap_up.handled"), record.Time("wrap_up.began"), record.Time("wrap_up.ends")};
    }
}

// A try to call back, and what a caller is asked about one.
void PutCallback(const Contact& contact, RecordWriter& record) {
    if (contact.callback) {
        record.Put("callback", contact.callback->callback.str());
        record.Put("callback.number", contact.callback->number);
        record.Put("callback.dialled", static_cast<uint64_t>(contact.callback->dialled));
        record.Put("callback.answered", static_cast<uint64_t>(contact.callback->answered));
        record.Put("callback.confirmed", static_cast<uint64_t>(contact.callback->confirmed));
    }
    if (contact.asking) {
        record.Put("asking", 1 + static_cast<uint64_t>(contact.asking->step));
        record.Put("asking.dial", contact.asking->number.dial);
        record.Put("asking.key", contact.asking->number.key);
        record.Put("asking.misses", contact.asking->misses);
    }
}

void TakeCallback(const RecordReader& record, Contact& contact) {
    if (record.Has("callback")) {
        contact.callback =
            CallbackTry{CallbackId(record.Text("callback")), static_cast<uint32_t>(record.Number("callback.number")),
                        record.Number("callback.dialled") != 0, record.Number("callback.answered") != 0,
                        record.Number("callback.confirmed") != 0};
    }
    if (const uint64_t step = record.Number("asking"); step > 0) {
        contact.asking = Asking{step == 1 ? Asking::Step::kConfirm : Asking::Step::kNumber,
                                {record.Text("asking.dial"), record.Text("asking.key")},
                                static_cast<uint32_t>(record.Number("asking.misses"))};
    }
}

// What call control adds to a contact.
void PutConversation(const Contact& contact, RecordWriter& record) {
    record.Put("invitations", contact.invitations);
    record.Put("outbound", static_cast<uint64_t>(contact.outbound));
    record.Put("parked_by", contact.parked_by.str());
    PutCallback(contact, record);
    record.Put("recall", contact.recall);
    for (size_t i = 0; i < contact.parties.size(); ++i) {
        PutParty("party" + std::to_string(i) + ".", contact.parties[i], record);
    }
}

void TakeConversation(const RecordReader& record, Contact& contact) {
    contact.invitations = static_cast<uint32_t>(record.Number("invitations"));
    contact.outbound = record.Number("outbound") != 0;
    contact.parked_by = AgentId(record.Text("parked_by"));
    TakeCallback(record, contact);
    contact.recall = record.Time("recall");
    for (std::string name = "party0."; record.Has(name + "leg");
         name = "party" + std::to_string(contact.parties.size()) + ".") {
        contact.parties.push_back(PartyIn(name, record));
    }
}

Error Bad(const std::string& what) {
    return {Code::kInvalidArgument, "BAD_CHECKPOINT", "what was kept with the call is not " + what};
}

}  // namespace

std::string PackContact(const Contact& contact) {
    RecordWriter record;
    record.Put("id", contact.id.str());
    record.Put("call", contact.call.str());
    record.Put("from", contact.from_number);
    record.Put("language", contact.language);
    record.Put("wanted", contact.wanted.str());
    record.Put("wanted.by", contact.wanted_by);
    record.Put("wanted.until", contact.wanted_until);
    record.Put("wanted.away", static_cast<uint64_t>(contact.wait_for_away));
    record.Put("hops", contact.hops);
    record.Put("leaving", static_cast<uint64_t>(contact.leaving));
    record.Put("priority", contact.priority);
    record.Put("state", ToText(contact.state));
    record.Put("queue", contact.queue.str());
    record.Put("arrived", contact.arrived);
    record.Put("queued", contact.queued);
    record.Put("answered", contact.answered);
    record.Put("segment", contact.segment);
    record.Put("attempt", contact.attempt);
    record.Put("parts", contact.parts);
    record.Put("transfers", contact.transfers);
    if (contact.offer) {
        PutOffer("offer", *contact.offer, record);
    }
    for (size_t i = 0; i < contact.rivals.size(); ++i) {
        PutOffer(RivalName(i), contact.rivals[i], record);
    }
    if (contact.part) {
        PutPart(*contact.part, record);
    }
    PutConversation(contact, record);
    if (contact.transfer) {
        PutTransfer(*contact.transfer, record);
    }
    if (!contact.IsCall()) {
        PutTask(contact, record);
    }
    return record.text();
}

Result<Contact> UnpackContact(const std::string& text) {
    const RecordReader record(text);
    const auto state = ContactStateFromText(record.Text("state"));
    if (!state.ok() || !record.Has("id") || !record.Has("queue")) {
        return Bad("a contact");
    }
    Contact contact;
    contact.id = ContactId(record.Text("id"));
    contact.call = CallId(record.Text("call"));
    contact.from_number = record.Text("from");
    contact.language = record.Text("language");
    contact.wanted = AgentId(record.Text("wanted"));
    contact.wanted_by = record.Text("wanted.by");
    contact.wanted_until = record.Time("wanted.until");
    contact.wait_for_away = record.Number("wanted.away") != 0;
    contact.hops = static_cast<uint32_t>(record.Number("hops"));
    contact.leaving = record.Number("leaving") != 0;
    contact.priority = static_cast<uint32_t>(record.Number("priority"));
    contact.state = *state;
    contact.queue = QueueId(record.Text("queue"));
    contact.arrived = record.Time("arrived");
    contact.queued = record.Time("queued");
    contact.answered = record.Time("answered");
    contact.segment = static_cast<uint32_t>(record.Number("segment"));
    contact.segment_id = SegmentOf(contact.id, contact.segment);
    contact.attempt = static_cast<uint32_t>(record.Number("attempt"));
    contact.parts = static_cast<uint32_t>(record.Number("parts"));
    contact.transfers = static_cast<uint32_t>(record.Number("transfers"));
    if (record.Has("offer.agent")) {
        contact.offer = OfferIn("offer", record);
    }
    for (size_t i = 0; record.Has(RivalName(i) + ".agent"); ++i) {
        contact.rivals.push_back(OfferIn(RivalName(i), record));
    }
    TakeConversation(record, contact);
    if (record.Has("part.leg")) {
        contact.part = PartIn(record);
    }
    if (record.Has("transfer.target")) {
        contact.transfer = TransferIn(record);
    }
    TakeTask(record, contact);
    return contact;
}

std::string PackAgent(const AgentId& agent, const AgentStatus& status) {
    RecordWriter record;
    record.Put("agent", agent.str());
    record.Put("state", ToText(status.state));
    record.Put("reason", status.reason);
    record.Put("set_by", status.set_by);
    record.Put("since", status.since);
    record.Put("idle_since", status.idle_since);
    record.Put("contact", status.contact.str());
    record.Put("segment", status.segment.str());
    record.Put("wrap_up_ends", status.wrap_up_ends);
    PutTally(status.tally, record);
    for (size_t i = 0; i < kMisses; ++i) {
        record.Put("misses." + std::to_string(i), status.misses[i]);
    }
    record.Put("ready_again", status.ready_again);
    record.Put("handling.since", status.handling_since);
    record.Put("handling.queue", status.handling_queue.str());
    record.Put("wrap_up.extended", static_cast<uint64_t>(status.wrap_up_extended));
    record.Put("wrap_up.form", status.wrap_up_form);
    record.Put("lease", status.lease);
    if (status.next) {
        record.Put("next", ToText(status.next->state));
        record.Put("next_reason", status.next->reason);
    }
    return record.text();
}

Result<std::pair<AgentId, AgentStatus>> UnpackAgent(const std::string& text) {
    const RecordReader record(text);
    const auto state = AgentStateFromText(record.Text("state"));
    if (!state.ok() || !record.Has("agent")) {
        return Bad("an agent's status");
    }
    AgentStatus status;
    status.state = *state;
    status.reason = record.Text("reason");
    status.set_by = record.Text("set_by");
    status.since = record.Time("since");
    status.idle_since = record.Time("idle_since");
    status.contact = ContactId(record.Text("contact"));
    status.segment = AgentSegmentId(record.Text("segment"));
    status.wrap_up_ends = record.Time("wrap_up_ends");
    status.tally = TallyIn(record);
    for (size_t i = 0; i < kMisses; ++i) {
        status.misses[i] = static_cast<uint32_t>(record.Number("misses." + std::to_string(i)));
    }
    status.ready_again = record.Time("ready_again");
    status.handling_since = record.Time("handling.since");
    status.handling_queue = QueueId(record.Text("handling.queue"));
    status.wrap_up_extended = record.Number("wrap_up.extended") != 0;
    status.wrap_up_form = record.Text("wrap_up.form");
    status.lease = record.Length("lease");
    if (const auto next = AgentStateFromText(record.Text("next")); next.ok()) {
        status.next = NextState{*next, record.Text("next_reason")};
    }
    return std::pair{AgentId(record.Text("agent")), status};
}

}  // namespace trunkline::acd
