// Registration, OPTIONS, names.
#include "trunk/adapters/carrier_lines.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunk/adapters/sip_legs.hpp"

namespace trunkline::trunk {
namespace {

sip::Uri HostUri(const CarrierTrunk& trunk) {
    sip::Uri uri;
    uri.host = trunk.host;
    uri.port = trunk.port;
    return uri;
}

}  // namespace

CarrierLines::CarrierLines(CarrierLinesPorts ports, Changed changed) : ports_(ports), changed_(std::move(changed)) {}

void CarrierLines::RefreshAll() {
    for (const auto& [name, trunk] : ports_.directory.trunks()) {
        Refresh(name);
    }
}

void CarrierLines::Refresh(const std::string& name) {
    lines_.erase(name);
    const CarrierTrunk* trunk = ports_.directory.FindTrunk(name);
    if (trunk == nullptr) {
        return;
    }
    Resolve(*trunk);
    Line& line = lines_[name];
    if (trunk->registers) {
        line.reason = "unregistered";
        Register(*trunk, line);
    } else {
        line.reason = "no answer to OPTIONS yet";
        Watch(*trunk, line);
    }
}

void CarrierLines::Register(const CarrierTrunk& trunk, Line& line) {
    sip::RegistrationSettings settings;
    settings.registrar = HostUri(trunk);
    settings.address_of_record.uri = HostUri(trunk);
    settings.address_of_record.uri.user = sip::EscapeUser(trunk.username);
    settings.contact_user = sip::EscapeUser(trunk.username);
    settings.next_hop = HopOf(trunk);
    settings.account = AccountOf(trunk);
    line.registration = std::make_unique<sip::RegistrationClient>(
        ports_.user_agent, ports_.timers, settings, [this, name = trunk.name](const sip::RegistrationStatus& status) {
            using State = sip::RegistrationStatus::State;
            if (status.state == State::kRegistered) {
                Set(name, true, "");
            } else if (status.state == State::kFailed) {
                Set(name, false, std::to_string(status.status) + " " + status.reason);
            }
        });
    line.registration->Start();
}

void CarrierLines::Watch(const CarrierTrunk& trunk, Line& line) {
    sip::PingerSettings settings;
    settings.target = HostUri(trunk);
    settings.next_hop = HopOf(trunk);
    line.pinger = std::make_unique<sip::Pinger>(
        ports_.user_agent, ports_.timers, settings, [this, name = trunk.name](bool alive, int status) {
            Set(name, alive, alive ? "" : "OPTIONS was answered with " + std::to_string(status));
        });
    line.pinger->Start();
}

void CarrierLines::Set(const std::string& trunk, bool up, const std::string& reason) {
    const auto found = lines_.find(trunk);
    if (found == lines_.end()) {
        return;
    }
    Line& line = found->second;
    const bool changed = line.up != up || line.reason != reason;
    line.up = up;
    line.reason = reason;
    if (changed) {
        log::Info("carrier trunk changed", {{log::kName, trunk}, {log::kResult, up}, {log::kReason, reason}});
        changed_(trunk, up, reason);
    }
}

std::string CarrierLines::StatusOf(const std::string& trunk) const {
    const auto found = lines_.find(trunk);
    if (found == lines_.end()) {
        return "";
    }
    const Line& line = found->second;
    if (line.up) {
        return "up";
    }
    return line.reason == "unregistered" ? line.reason : "down: " + line.reason;
}

void CarrierLines::ResolveAll() {
    for (const auto& [name, trunk] : ports_.directory.trunks()) {
        Resolve(trunk);
    }
}

void CarrierLines::Resolve(const CarrierTrunk& trunk) {
    ports_.resolver.Resolve(trunk.host, trunk.port, [this, name = trunk.name](Result<sip::SocketAddress> address) {
        if (address.ok()) {
            ports_.directory.SetResolved(name, {address->Host()});
        }
    });
}

}  // namespace trunkline::trunk
