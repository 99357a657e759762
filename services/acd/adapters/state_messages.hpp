// States as the API names them.
#pragma once
#include "acd/domain/agent_state.hpp"
#include "acd/domain/contact_state.hpp"
#include "acd/domain/party.hpp"
#include "trunkline/acd/v1/resources.pb.h"

namespace trunkline::acd {

inline v1::AgentState ToProto(AgentState state) {
    switch (state) {
        case AgentState::kLoggedOut:
            return v1::LOGGED_OUT;
        case AgentState::kReady:
            return v1::READY;
        case AgentState::kReserved:
            return v1::RESERVED;
        case AgentState::kTalking:
            return v1::TALKING;
        case AgentState::kHeld:
            return v1::HELD;
        case AgentState::kWrapUp:
            return v1::WRAP_UP;
        case AgentState::kNotReady:
            return v1::NOT_READY;
    }
    return v1::AGENT_STATE_UNSPECIFIED;
}

inline v1::ContactState ToProto(ContactState state) {
    switch (state) {
        case ContactState::kWaiting:
            return v1::WAITING;
        case ContactState::kOffered:
            return v1::OFFERED;
        case ContactState::kConnected:
            return v1::CONNECTED;
        case ContactState::kTransferring:
            return v1::TRANSFERRING;
        case ContactState::kDone:
            return v1::DONE;
        case ContactState::kParked:
            return v1::PARKED;
    }
    return v1::CONTACT_STATE_UNSPECIFIED;
}

inline const char* WordOf(Party::Kind kind) {
    switch (kind) {
        case Party::Kind::kConsulted:
            return "CONSULTED";
        case Party::Kind::kMember:
            return "MEMBER";
        case Party::Kind::kSupervisor:
            return "SUPERVISOR";
        case Party::Kind::kMoved:
            return "MOVED";
    }
    return "";
}

inline const char* WordOf(Supervision supervision) {
    switch (supervision) {
        case Supervision::kListen:
            return "LISTEN";
        case Supervision::kWhisper:
            return "WHISPER";
        case Supervision::kBarge:
            return "BARGE";
        case Supervision::kTakeOver:
            return "TAKE_OVER";
    }
    return "";
}

}  // namespace trunkline::acd
