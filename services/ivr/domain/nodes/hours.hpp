// Is the centre open now? Weekly hours, days off and make-up workdays.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Hours final : Node {
    struct Span {
        std::vector<int> weekdays;  // 1 Monday .. 7 Sunday
        std::string from;           // "08:30"
        std::string to;             // "24:00" is the end of the day; before `from`: on the next day
    };

    std::string time_zone;  // IANA name; empty: Asia/Shanghai
    std::vector<Span> spans;
    std::vector<std::string> closed_dates;   // "2026-10-01"
    std::vector<std::string> workday_dates;  // have Monday's spans
    std::string open;
    std::string closed;

    std::string_view Kind() const override { return "hours"; }
    Step Start(Context& context) const override;
    std::vector<Exit> Exits() const override { return {{"open", open}, {"closed", closed}}; }
    void Check(Problems& problems) const override;
    bool NeedsAnswer() const override { return false; }
};

}  // namespace trunkline::ivr
