// How much an agent can take. Every medium has a lane, and one more for each of its labels; a set of lanes is a few
// bits, so the router asks "which lanes are open for him?" at every change of his without looking at rules.
//
// A lane is open while he has fewer contacts of its medium, and of its label, than he may have, and everything else he
// has lets this medium come beside it. A call takes his telephone from the ring to the end of the wrap-up.
#pragma once
#include <array>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "acd/domain/medium.hpp"

namespace trunkline::acd {

using Lanes = uint64_t;
inline constexpr size_t kMostLanes = 64;

struct Lane {
    const Medium* medium = nullptr;
    std::string label;     // empty: without one
    size_t number = 0;     // its bit
    size_t medium_at = 0;  // the medium's number
    Lanes Bit() const { return Lanes{1} << number; }
};

// Contacts an agent has, or may have, by lane. What he may have in the lane of a medium counts for all of its labels.
using Load = std::array<uint8_t, kMostLanes>;

class Media {
 public:
    Media();

    // Replaces the medium of that name; the one of the telephone, whatever it is called. Refuses with INVALID_MEDIUM.
    // Lanes that were asked for before are void after it.
    Status Put(const Medium& medium);
    Status Delete(const std::string& word);
    const Medium* Find(const std::string& word) const;
    const std::map<std::string, Medium>& all() const { return media_; }

    const std::deque<Lane>& lanes() const { return lanes_; }
    const Lane& Telephone() const { return *telephone_; }
    // Of a label that is not known: the lane without one. Null when there is no such medium.
    const Lane* LaneOf(const std::string& word, const std::string& label) const;

    // What an agent may have, by his settings.
    Load RoomOf(const std::vector<Capacity>& capacities) const;
    // The lanes in which he has room at all.
    Lanes Usable(const Load& room) const;
    // Open for somebody with this load, his telephone among it.
    Lanes OpenFor(const Load& load, const Load& room) const;
    // Open for somebody who has a call and nothing else, if he has room.
    Lanes beside_call() const { return beside_call_; }
    // The medium that closes the lane for somebody with this load; null when it is open or the label is full.
    const Medium* BlockedBy(const Lane& lane, const Load& load) const;

 private:
    void Renew();
    std::array<uint32_t, kMostMedia> CountByMedium(const Load& load) const;
    bool MayComeBeside(const Lane& lane, const std::array<uint32_t, kMostMedia>& counts) const;

    std::map<std::string, Medium> media_;
    std::deque<Lane> lanes_;
    std::vector<size_t> first_lanes_;  // by the medium's number
    // How many of the other medium are the most that this one comes beside; kNever or kAlways.
    std::array<std::array<uint32_t, kMostMedia>, kMostMedia> beside_{};
    const Lane* telephone_ = nullptr;
    Lanes beside_call_ = 0;
};

}  // namespace trunkline::acd
