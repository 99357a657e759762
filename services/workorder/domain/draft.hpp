// An order while it is being changed: the moves that steps are made of. Used inside the domain only.
#pragma once
#include <string>

#include "workorder/domain/order.hpp"

namespace trunkline::workorder {

class Draft {
 public:
    Draft(Order order, const Rules& rules, Who who, TimePoint now)
        : rules_(rules), who_(std::move(who)), now_(now), change_{std::move(order), {}, {}, false} {}

    Order& order() { return change_.order; }
    const Order& order() const { return change_.order; }
    News& news() { return change_.news; }
    const Rules& rules() const { return rules_; }
    const Who& who() const { return who_; }
    TimePoint now() const { return now_; }
    // The finished change, with the alarm of the order as it now is.
    Change Take() &&;
    // Of the second order of a step.
    Change TakeOther() &&;

    // Goes to a state: phase, whose turn it is, and with a final one everything that ends.
    void Enter(const FlowState& state);
    // Clocks that a step stops and starts.
    Status TurnClocks(const FlowStep& step);
    // Writes the step down as the newest log entry, with the state and owner as they are now.
    void Log(const FlowStep& step, const std::string& text, const std::string& detail,
             const std::vector<Attachment>& attachments = {});
    // The customer is told, if the type says so after this kind of step; so are those of merged orders.
    void Notify(Step step, const std::string& text);
    // The order goes out to a crew. NO_TEXT when there is no text for it.
    Status TellCrew(const Crew& crew, const std::string& text);
    // Calls in the unit above the one that was called in before.
    void Escalate(const std::string& reason);
    // Takes automatic steps that are due: those at once, and those whose time in the state is over.
    Status RunAutomaticSteps();
    // Line, area, cause: what is filled in.
    void ReadFields();
    void Suspend(std::optional<TimePoint> until);
    Status Resume();

 private:
    Values TemplateValues(const std::string& text) const;
    void NotifyOne(const Follower& customer, Step step, Values values);

    const Rules& rules_;
    Who who_;
    TimePoint now_;
    Change change_;
};

// When an automatic step is due for an order that is in its state.
Result<TimePoint> AutomaticTime(const FlowStep& step, const Order& order, const WorkingCalendar& calendar);
// FIELD_TOO_LONG or FIELD_MISSING, naming the field.
Status CheckText(const std::string& field, const std::string& text, size_t limit, bool needed);
// "2026-10-01 17:30" in the calendar's time zone.
std::string LocalTime(TimePoint time, const WorkingCalendar& calendar);

inline constexpr size_t kTitleLimit = 200;
inline constexpr size_t kTextLimit = 10'000;
inline constexpr size_t kAttachmentLimit = 50;
inline constexpr size_t kAssistLimit = 20;
inline constexpr size_t kUrgingLimit = 50;
inline constexpr size_t kWayLimit = 5;

}  // namespace trunkline::workorder
