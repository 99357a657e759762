// A bridge: who hears whom among the legs of a conversation. Lives wholly on one media thread.
//
// Two legs of one codec are relayed packet by packet. All others are decoded, mixed every 20 ms and encoded again.
#pragma once
#include <set>
#include <utility>
#include <vector>

#include "media/leg.hpp"

namespace trunkline::media {

class Bridge {
 public:
    void Add(Leg& leg);
    void Remove(Leg& leg);
    bool Has(const Leg& leg) const;
    // Replaces all holes.
    void SetMatrix(const std::vector<Deaf>& holes);
    // To be called after a change of a member's remote.
    void Refresh();
    // Mixes 20 ms and offers them to the members.
    void Tick();

    const std::vector<Leg*>& legs() const { return legs_; }

 private:
    bool Hears(const Leg& listener, const Leg& speaker) const;
    static void Release(Leg& leg);

    std::vector<Leg*> legs_;
    // (listener, speaker)
    std::set<std::pair<LegId, LegId>> deaf_;
    // hears_[i][k]: legs_[i] hears legs_[k].
    std::vector<std::vector<bool>> hears_;
    bool mixing_ = false;
};

}  // namespace trunkline::media
