// There are two rooms: the customer's, with the conference, and the one in which the agent consults. The agent is in
// one of them, or in none while he holds; supervisors are where he is.
#include "acd/domain/arrangement.hpp"

#include <algorithm>

namespace trunkline::acd {
namespace {

enum class Room { kCustomers, kConsultation };

struct Seat {
    LegId leg;
    Room room = Room::kCustomers;
    bool speaks = true;
    bool to_agent_only = false;
};

Seat SeatOf(const Party& supervisor, Room room) {
    return {supervisor.leg, room, supervisor.supervision != Supervision::kListen,
            supervisor.supervision == Supervision::kWhisper};
}

std::vector<Seat> SeatsOf(const Contact& contact) {
    std::vector<Seat> seats;
    const Part& part = *contact.part;
    const Room room = part.consults ? Room::kConsultation : Room::kCustomers;
    const bool agent_is_in = !part.phone_held && (part.consults || !part.held_since);
    if (!part.held_since) {
        seats.push_back({LegId{}, Room::kCustomers});
    }
    if (agent_is_in) {
        seats.push_back({part.leg, room, !part.muted});
    }
    for (const Party& party : contact.parties) {
        if (!party.up || party.kind == Party::Kind::kMoved) {
            continue;
        }
        if (party.kind == Party::Kind::kSupervisor) {
            seats.push_back(SeatOf(party, room));
        } else if (party.kind == Party::Kind::kMember) {
            seats.push_back({party.leg, Room::kCustomers, !party.muted});
        } else if (part.consults) {
            seats.push_back({party.leg, Room::kConsultation, !party.muted});
        }
    }
    return seats;
}

}  // namespace

Arrangement ArrangementOf(const Contact& contact) {
    Arrangement arrangement;
    if (!contact.part) {
        return arrangement;
    }
    const std::vector<Seat> seats = SeatsOf(contact);
    bool has_holes = false;
    for (const Seat& listener : seats) {
        arrangement.legs.push_back(listener.leg);
        Arrangement::Hearing hearing{listener.leg, {}};
        for (const Seat& speaker : seats) {
            const bool is_meant = !speaker.to_agent_only || listener.leg == contact.part->leg;
            if (speaker.leg != listener.leg && speaker.room == listener.room && speaker.speaks && is_meant) {
                hearing.speakers.push_back(speaker.leg);
            }
        }
        has_holes = has_holes || hearing.speakers.size() + 1 < seats.size();
        arrangement.hearing.push_back(std::move(hearing));
    }
    if (!has_holes) {
        arrangement.hearing.clear();
    }
    return arrangement;
}

}  // namespace trunkline::acd
