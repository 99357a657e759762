// A bridge: who hears whom.
#include "media/bridge.hpp"

#include <algorithm>

namespace trunkline::media {

void Bridge::Add(Leg& leg) {
    if (Has(leg)) return;
    legs_.push_back(&leg);
    Refresh();
}

void Bridge::Remove(Leg& leg) {
    if (std::erase(legs_, &leg) == 0) return;
    Release(leg);
    Refresh();
}

bool Bridge::Has(const Leg& leg) const { return std::find(legs_.begin(), legs_.end(), &leg) != legs_.end(); }

void Bridge::SetMatrix(const std::vector<Deaf>& holes) {
    deaf_.clear();
    for (const Deaf& hole : holes) deaf_.emplace(hole.listener, hole.speaker);
    Refresh();
}

bool Bridge::Hears(const Leg& listener, const Leg& speaker) const {
    return &listener != &speaker && !deaf_.contains({listener.id(), speaker.id()});
}

void Bridge::Release(Leg& leg) {
    leg.RelayTo(nullptr);
    leg.Mixing(false);
    leg.DigitListeners({});
}

void Bridge::Refresh() {
    const bool pair = legs_.size() == 2;
    mixing_ = legs_.size() > 2 || (pair && legs_[0]->remote().codec != legs_[1]->remote().codec);
    hears_.assign(legs_.size(), std::vector<bool>(legs_.size(), false));
    for (size_t k = 0; k < legs_.size(); ++k) {
        Leg& speaker = *legs_[k];
        std::vector<Leg*> listeners;
        for (size_t i = 0; i < legs_.size(); ++i) {
            hears_[i][k] = Hears(*legs_[i], speaker);
            if (hears_[i][k]) listeners.push_back(legs_[i]);
        }
        speaker.Mixing(mixing_);
        speaker.RelayTo(pair && !mixing_ && !listeners.empty() ? listeners[0] : nullptr);
        speaker.DigitListeners(mixing_ ? std::move(listeners) : std::vector<Leg*>());
    }
}

void Bridge::Tick() {
    if (!mixing_) return;
    std::vector<Frame> said(legs_.size());
    std::vector<bool> speaks(legs_.size());
    for (size_t k = 0; k < legs_.size(); ++k) speaks[k] = legs_[k]->Pull(said[k]);
    for (size_t i = 0; i < legs_.size(); ++i) {
        std::array<int32_t, kFrameSamples> sum{};
        for (size_t k = 0; k < legs_.size(); ++k) {
            if (!speaks[k] || !hears_[i][k]) continue;
            for (size_t n = 0; n < sum.size(); ++n) sum[n] += said[k][n];
        }
        Frame mix;
        std::transform(sum.begin(), sum.end(), mix.begin(),
                       [](int32_t s) { return static_cast<int16_t>(std::clamp(s, -32768, 32767)); });
        legs_[i]->OfferMix(mix);
    }
}

}  // namespace trunkline::media
