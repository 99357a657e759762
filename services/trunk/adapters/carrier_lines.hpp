// The lines to carriers: registers at those that want it, watches the others with OPTIONS, and keeps the addresses of
// their host names fresh.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "sip/pinger.hpp"
#include "sip/registration_client.hpp"
#include "sip/user_agent.hpp"
#include "trunk/domain/directory.hpp"

namespace trunkline::trunk {

struct CarrierLinesPorts {
    Directory& directory;
    sip::UserAgent& user_agent;
    sip::Timers& timers;
    sip::Resolver& resolver;
};

// On the SIP thread.
class CarrierLines {
 public:
    // Told when a trunk goes up or down.
    using Changed = std::function<void(const std::string& trunk, bool up, const std::string& reason)>;
    CarrierLines(CarrierLinesPorts ports, Changed changed);

    // The trunk is new, was changed, or (when the directory has it no more) was deleted.
    void Refresh(const std::string& trunk);
    void RefreshAll();
    // Every minute: ask the resolver again.
    void ResolveAll();
    // "up", "down: reason", "unregistered".
    std::string StatusOf(const std::string& trunk) const;

 private:
    struct Line {
        std::unique_ptr<sip::RegistrationClient> registration;
        std::unique_ptr<sip::Pinger> pinger;
        bool up = false;
        std::string reason;
    };
    void Register(const CarrierTrunk& trunk, Line& line);
    void Watch(const CarrierTrunk& trunk, Line& line);
    void Set(const std::string& trunk, bool up, const std::string& reason);
    void Resolve(const CarrierTrunk& trunk);

    CarrierLinesPorts ports_;
    Changed changed_;
    std::map<std::string, Line> lines_;
};

}  // namespace trunkline::trunk
