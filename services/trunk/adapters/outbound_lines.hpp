// The way out for calls to numbers: holds them against the rules, chooses a trunk, tries the next when one cannot carry
// the call, and keeps count of what each trunk carries.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "sip/timers.hpp"
#include "sip/user_agent.hpp"
#include "trunk/adapters/metrics.hpp"
#include "trunk/domain/command.hpp"
#include "trunk/domain/dial_guard.hpp"
#include "trunk/domain/line_picker.hpp"
#include "trunk/domain/load_guard.hpp"

namespace trunkline::trunk {

struct OutboundLinesPorts {
    const Directory& directory;
    sip::Timers& timers;
    Metrics& metrics;
    LoadGuard& load;
    std::function<double()> chance;  // random, 0 up to but not 1
};

// On the SIP thread.
class OutboundLines {
 public:
    // One call on its way out. Ends with End.
    struct Attempt {
        OutsideTarget target;
        std::string trunk;  // that carries it now
        std::set<std::string> tried;
        std::optional<DialGuard::Ticket> ticket;

        Duration longest_call() const { return ticket ? ticket->longest_call : Duration{}; }
    };

    explicit OutboundLines(OutboundLinesPorts ports) : ports_(std::move(ports)), lines_(ports_.directory) {}

    // UNKNOWN_TRUNK, NO_TRUNK, NUMBER_NOT_ALLOWED, DIAL_LIMIT, OVERLOAD.
    Result<Attempt> Begin(const OutsideTarget& target);
    // The attempt's trunk did not carry the call. True: another one shall try. Otherwise the attempt is as it was.
    bool TryNext(Attempt& attempt, int sip_status);
    void Answered(const Attempt& attempt) { lines_.Worked(attempt.trunk); }
    void End(const Attempt& attempt);

    // INVITE for the attempt's trunk, with the numbers as the carrier wants them. UNKNOWN_TRUNK when it was deleted.
    Result<sip::InviteRequest> InviteOf(const Attempt& attempt, const std::string& caller_number) const;

    LinePicker& lines() { return lines_; }

 private:
    Error Refuse(Error error);

    OutboundLinesPorts ports_;
    LinePicker lines_;
    DialGuard guard_;
};

}  // namespace trunkline::trunk
