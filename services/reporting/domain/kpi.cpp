// Sums and ratios.
#include "reporting/domain/kpi.hpp"

namespace trunkline::reporting {
namespace {

double Seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

std::optional<double> Ratio(double numerator, uint64_t denominator) {
    if (denominator == 0) {
        return std::nullopt;
    }
    return numerator / static_cast<double>(denominator);
}

std::optional<double> Ratio(uint64_t numerator, uint64_t denominator) {
    return Ratio(static_cast<double>(numerator), denominator);
}

}  // namespace

void Figures::Count(const QueueSegment& segment) {
    if (segment.outcome == Outcome::kTest) {
        return;
    }
    if (segment.outcome == Outcome::kOpen) {
        ++open;
        return;
    }
    ++offered;
    const bool inside = segment.wait <= segment.threshold;
    switch (segment.outcome) {
        case Outcome::kAnswered:
            ++answered;
            answered_in_threshold += inside ? 1 : 0;
            answered_wait += segment.wait;
            break;
        case Outcome::kAbandoned:
            if (segment.wait < kShortAbandon) {
                ++short_abandoned;
            } else {
                ++(inside ? abandoned_in_threshold : abandoned_late);
                abandoned_wait += segment.wait;
            }
            break;
        case Outcome::kFlowOut:
            ++flowed_out;
            break;
        default:
            ++system_errors;
    }
}

void Figures::Count(const AgentSegment& segment) {
    ++handled;
    talk += segment.talk;
    hold += segment.hold;
    if (segment.wrap_up) {
        wrap_up += *segment.wrap_up;
    } else {
        ++open;
    }
}

void Tally::Count(const AgentSegment& segment) {
    figures_.Count(segment);
    handled_.insert(segment.contact_id);
    if (segment.transferred) {
        transferred_.insert(segment.contact_id);
    }
}

Figures Tally::Result() const {
    Figures figures = figures_;
    figures.handled_contacts = handled_.size();
    figures.transferred_contacts = transferred_.size();
    return figures;
}

void Figures::Count(const CallbackAsked& callback) {
    ++callbacks;
    if (callback.result.empty()) {
        ++callbacks_open;
    } else if (callback.result == "CONNECTED") {
        ++callbacks_connected;
        callback_time += callback.took;
    } else if (callback.result == "CALLED_AGAIN" || callback.result == "CANCELLED_BY_CUSTOMER") {
        ++callbacks_dropped;
    }
}

std::optional<double> Figures::ServiceLevel() const {
    return Ratio(answered_in_threshold, answered + abandoned_in_threshold + abandoned_late);
}

std::optional<double> Figures::ServiceLevelIgnored() const {
    return Ratio(answered_in_threshold, answered + abandoned_late);
}

std::optional<double> Figures::ServiceLevelPositive() const {
    return Ratio(answered_in_threshold + abandoned_in_threshold, answered + abandoned_in_threshold + abandoned_late);
}

std::optional<double> Figures::ServiceLevelAnswered() const { return Ratio(answered_in_threshold, answered); }

std::optional<double> Figures::ServiceLevelRaw() const { return Ratio(answered_in_threshold, offered); }

std::optional<double> Figures::ConnectRate() const { return Ratio(answered, offered - short_abandoned); }

std::optional<double> Figures::ConnectRateRaw() const { return Ratio(answered, offered); }

std::optional<double> Figures::AbandonRate() const {
    return Ratio(abandoned_in_threshold + abandoned_late, offered - short_abandoned);
}

std::optional<double> Figures::AbandonRateRaw() const {
    return Ratio(short_abandoned + abandoned_in_threshold + abandoned_late, offered);
}

std::optional<double> Figures::AverageSpeedOfAnswer() const { return Ratio(Seconds(answered_wait), answered); }

std::optional<double> Figures::AverageTimeToAbandon() const {
    return Ratio(Seconds(abandoned_wait), abandoned_in_threshold + abandoned_late);
}

std::optional<double> Figures::AverageHandleTime() const { return Ratio(Seconds(talk + hold + wrap_up), handled); }

std::optional<double> Figures::TransferRate() const { return Ratio(transferred_contacts, handled_contacts); }
std::optional<double> Figures::CallbackRate() const {
    return Ratio(callbacks_connected, callbacks - callbacks_dropped - callbacks_open);
}

std::optional<double> Figures::AverageCallbackTime() const {
    return Ratio(Seconds(callback_time), callbacks_connected);
}

}  // namespace trunkline::reporting
