// Lanes and the rules between media, worked out once when a medium changes.
#include "acd/domain/media.hpp"

#include <algorithm>

namespace trunkline::acd {
namespace {

constexpr uint32_t kAlways = UINT32_MAX;

}  // namespace

Media::Media() {
    Medium calls;
    calls.word = "voice";
    calls.telephone = true;
    media_[calls.word] = calls;
    Renew();
}

Status Media::Put(const Medium& medium) {
    if (const Status valid = Validate(medium); !valid.ok()) {
        return valid;
    }
    const bool was_telephone = telephone_->medium->word == medium.word;
    if (was_telephone && !medium.telephone) {
        return Error{Code::kInvalidArgument, "INVALID_MEDIUM", "calls must have a medium; put another for them first"};
    }
    std::map<std::string, Medium> changed = media_;
    if (medium.telephone) {
        changed.erase(telephone_->medium->word);
    }
    changed[medium.word] = medium;
    size_t lanes = changed.size();
    for (const auto& [word, each] : changed) {
        lanes += each.labels.size();
    }
    if (changed.size() > kMostMedia || lanes > kMostLanes) {
        return Error{Code::kInvalidArgument, "INVALID_MEDIUM", "at most 16 media, and 64 with their labels"};
    }
    media_ = std::move(changed);
    Renew();
    return {};
}

Status Media::Delete(const std::string& word) {
    if (telephone_->medium->word == word) {
        return Error{Code::kFailedPrecondition, "MEDIUM_IN_USE", "calls must have a medium"};
    }
    media_.erase(word);
    Renew();
    return {};
}

const Medium* Media::Find(const std::string& word) const {
    const auto found = media_.find(word);
    return found == media_.end() ? nullptr : &found->second;
}

const Lane* Media::LaneOf(const std::string& word, const std::string& label) const {
    const Lane* found = nullptr;
    for (const Lane& lane : lanes_) {
        if (lane.medium->word == word && (lane.label.empty() || lane.label == label)) {
            found = &lane;
        }
    }
    return found;
}

void Media::Renew() {
    lanes_.clear();
    first_lanes_.clear();
    for (const auto& [word, medium] : media_) {
        const size_t at = first_lanes_.size();
        first_lanes_.push_back(lanes_.size());
        lanes_.push_back({&medium, "", lanes_.size(), at});
        if (medium.telephone) {
            telephone_ = &lanes_.back();
        }
        for (const auto& [label, slots] : medium.labels) {
            lanes_.push_back({&medium, label, lanes_.size(), at});
        }
        for (const auto& [other, rule] : media_) {
            const auto allowed = medium.interrupted_by.find(other);
            const auto other_at = static_cast<size_t>(std::distance(media_.begin(), media_.find(other)));
            const uint32_t most = allowed == medium.interrupted_by.end() ? 0 : allowed->second;
            // [who comes][what he has]
            beside_[other_at][at] = allowed != medium.interrupted_by.end() && most == 0 ? kAlways : most;
        }
    }
    beside_call_ = 0;
    for (const Lane& lane : lanes_) {
        beside_call_ |= !lane.medium->telephone && beside_[lane.medium_at][telephone_->medium_at] > 0 ? lane.Bit() : 0;
    }
}

Load Media::RoomOf(const std::vector<Capacity>& capacities) const {
    Load room{};
    for (const Lane& lane : lanes_) {
        const Medium& medium = *lane.medium;
        uint32_t slots = lane.label.empty() ? medium.slots : medium.labels.at(lane.label);
        for (const Capacity& own : capacities) {
            slots = own.medium == medium.word && own.label == lane.label ? own.slots : slots;
        }
        room[lane.number] = static_cast<uint8_t>(medium.telephone ? std::min(slots, 1U) : slots);
    }
    return room;
}

Lanes Media::Usable(const Load& room) const {
    Lanes usable = 0;
    for (const Lane& lane : lanes_) {
        const bool has_room = room[lane.number] > 0 && room[first_lanes_[lane.medium_at]] > 0;
        usable |= has_room ? lane.Bit() : 0;
    }
    return usable;
}

std::array<uint32_t, kMostMedia> Media::CountByMedium(const Load& load) const {
    std::array<uint32_t, kMostMedia> counts{};
    for (const Lane& lane : lanes_) {
        counts[lane.medium_at] += load[lane.number];
    }
    return counts;
}

bool Media::MayComeBeside(const Lane& lane, const std::array<uint32_t, kMostMedia>& counts) const {
    for (size_t other = 0; other < first_lanes_.size(); ++other) {
        if (other != lane.medium_at && counts[other] > 0 && counts[other] > beside_[lane.medium_at][other]) {
            return false;
        }
    }
    return true;
}

Lanes Media::OpenFor(const Load& load, const Load& room) const {
    const auto counts = CountByMedium(load);
    Lanes open = 0;
    for (const Lane& lane : lanes_) {
        const bool fits = counts[lane.medium_at] < room[first_lanes_[lane.medium_at]] &&
                          (lane.label.empty() || load[lane.number] < room[lane.number]);
        open |= fits && MayComeBeside(lane, counts) ? lane.Bit() : 0;
    }
    return open;
}

const Medium* Media::BlockedBy(const Lane& lane, const Load& load) const {
    const auto counts = CountByMedium(load);
    for (const Lane& other : lanes_) {
        const size_t at = other.medium_at;
        if (at != lane.medium_at && counts[at] > 0 && counts[at] > beside_[lane.medium_at][at]) {
            return other.medium;
        }
    }
    return nullptr;
}

}  // namespace trunkline::acd
