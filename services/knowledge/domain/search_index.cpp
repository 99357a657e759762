// An inverted index: each token leads to the documents that hold it. A document answers a question when it holds enough
// of it by weight in one of three ways: by text, by sound, by first letters.
#include "knowledge/domain/search_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "knowledge/domain/tokens.hpp"

namespace trunkline::knowledge {
namespace {

constexpr size_t kBodyBytes = 20'000;
constexpr size_t kMostPostings = 500'000;  // some 20 ms
// How much of a question must be answered by sound and by first letters; by text the question says.
constexpr double kSoundShare = 0.5;
constexpr double kInitialsShare = 0.99;

// Field weights, at most 15.
constexpr uint32_t kTitle = 8, kTag = 6, kSummary = 3, kBody = 1;

double Popularity(uint64_t uses, uint32_t helpful, uint32_t not_helpful) {
    const double liked = (helpful + 2.0) / (helpful + not_helpful + 3.0);  // two thirds while nobody voted
    return (1 + 0.15 * std::log2(1.0 + static_cast<double>(uses))) * (0.4 + 0.9 * liked);
}

void Best(std::vector<Found>& found, size_t limit) {
    const auto better = [](const Found& left, const Found& right) {
        return left.score != right.score ? left.score > right.score : left.id < right.id;
    };
    const size_t kept = std::min(limit, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<long>(kept), found.end(), better);
    found.resize(kept);
}

}  // namespace

// What a question found so far, one number for each document; kept between questions so that nothing is allocated.
struct SearchIndex::Sheet {
    struct Line {
        std::array<float, kTokenKinds> share{};
        float score = 0;
    };
    std::vector<Line> lines;
    std::vector<uint32_t> touched;

    void Clear(size_t size) {
        for (const uint32_t place : touched) {
            lines[place] = {};
        }
        touched.clear();
        lines.resize(std::max(lines.size(), size));
    }
};

void SearchIndex::Put(const Document& document) {
    Remove(document.id);
    const auto place = static_cast<uint32_t>(entries_.size());
    const Content& content = document.content;
    entries_.push_back({document.id, content.category_id, content.tags, content.language,
                        content.valid_from.value_or(TimePoint::min()), content.valid_to.value_or(TimePoint::max()),
                        document.uses, document.helpful, document.not_helpful, true});
    places_[document.id] = place;
    std::unordered_map<uint64_t, uint32_t> weights;
    const auto add = [&](std::string_view text, bool short_field, uint32_t weight) {
        for (const Token& token : FieldTokens(text, short_field)) {
            uint32_t& held = weights[token.hash];
            held = std::max(held, weight);
        }
    };
    add(content.title, true, kTitle);
    for (const std::string& tag : content.tags) {
        add(tag, true, kTag);
    }
    add(content.summary, false, kSummary);
    add(std::string_view(content.body).substr(0, kBodyBytes), false, kBody);
    for (const auto& [hash, weight] : weights) {
        postings_[hash].push_back(place << 4 | weight);
    }
}

void SearchIndex::Remove(const std::string& id) {
    const auto found = places_.find(id);
    if (found == places_.end()) {
        return;
    }
    entries_[found->second].alive = false;
    places_.erase(found);
    if (entries_.size() > 1000 && places_.size() * 4 < entries_.size() * 3) {
        Compact();
    }
}

// The dead leave their places.
void SearchIndex::Compact() {
    std::vector<uint32_t> moved(entries_.size(), UINT32_MAX);
    std::vector<Entry> alive;
    for (size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].alive) {
            moved[i] = static_cast<uint32_t>(alive.size());
            places_[entries_[i].id] = moved[i];
            alive.push_back(std::move(entries_[i]));
        }
    }
    entries_ = std::move(alive);
    for (auto list = postings_.begin(); list != postings_.end();) {
        std::erase_if(list->second, [&](Posting posting) { return moved[posting >> 4] == UINT32_MAX; });
        for (Posting& posting : list->second) {
            posting = moved[posting >> 4] << 4 | (posting & 15);
        }
        list = list->second.empty() ? postings_.erase(list) : std::next(list);
    }
}

void SearchIndex::SetPopularity(const std::string& id, uint64_t uses, uint32_t helpful, uint32_t not_helpful) {
    if (const auto found = places_.find(id); found != places_.end()) {
        Entry& entry = entries_[found->second];
        entry.uses = uses;
        entry.helpful = helpful;
        entry.not_helpful = not_helpful;
    }
}

bool SearchIndex::Passes(const Entry& entry, const Query& query, TimePoint now) const {
    return entry.alive && entry.from <= now && now < entry.to &&
           (query.categories.empty() || query.categories.contains(entry.category)) &&
           (query.language.empty() || entry.language == query.language) &&
           (query.tag.empty() || std::find(entry.tags.begin(), entry.tags.end(), query.tag) != entry.tags.end());
}

// Marks what holds the tokens, the rarest first; returns how much was asked for in each way. A sentence of many common
// words is not followed to its end: what they would add hardly tells articles apart.
std::array<double, kTokenKinds> SearchIndex::Ask(const std::vector<Token>& tokens, Sheet& sheet) const {
    std::vector<std::pair<const std::vector<Posting>*, const Token*>> lists;
    static const std::vector<Posting> none;
    for (const Token& token : tokens) {
        const auto found = postings_.find(token.hash);
        lists.emplace_back(found == postings_.end() ? &none : &found->second, &token);
    }
    std::sort(lists.begin(), lists.end(),
              [](const auto& left, const auto& right) { return left.first->size() < right.first->size(); });
    std::array<double, kTokenKinds> asked{};
    const double all = static_cast<double>(places_.size()) + 1;
    size_t read = 0;
    for (const auto& [list, token] : lists) {
        const auto kind = static_cast<size_t>(token->kind);
        const double worth = token->weight * std::log(1 + all / (static_cast<double>(list->size()) + 0.5));
        asked[kind] += worth;
        read += list->size();
        if (read > kMostPostings) {
            continue;
        }
        for (const Posting posting : *list) {
            Sheet::Line& line = sheet.lines[posting >> 4];
            if (line.score == 0) {
                sheet.touched.push_back(posting >> 4);
            }
            line.share[kind] += static_cast<float>(worth);
            line.score += static_cast<float>(worth * std::sqrt(static_cast<double>(posting & 15)));
        }
    }
    return asked;
}

std::vector<Found> SearchIndex::Search(const Query& query, TimePoint now) const {
    std::vector<Found> found;
    const auto tokens = QueryTokens(query.text);
    if (tokens.empty()) {
        for (const Entry& entry : entries_) {
            if (query.text.find_first_not_of(" \t\r\n") == std::string::npos && Passes(entry, query, now)) {
                found.push_back(
                    {entry.id, static_cast<double>(entry.uses) + Popularity(0, entry.helpful, entry.not_helpful)});
            }
        }
        Best(found, query.limit);
        return found;
    }
    thread_local Sheet sheet;
    sheet.Clear(entries_.size());
    const auto asked = Ask(tokens, sheet);
    const std::array<double, kTokenKinds> least{query.least_share, std::max(kSoundShare, query.least_share),
                                                kInitialsShare};
    for (const uint32_t place : sheet.touched) {
        const Sheet::Line& line = sheet.lines[place];
        double share = 0;
        bool enough = false;
        for (size_t kind = 0; kind < kTokenKinds; ++kind) {
            const double part = asked[kind] > 0 ? line.share[kind] / asked[kind] : 0;
            enough = enough || (asked[kind] > 0 && part >= least[kind] - 1e-6);
            share = std::max(share, part);
        }
        const Entry& entry = entries_[place];
        if (enough && Passes(entry, query, now)) {
            found.push_back({entry.id, share * line.score * Popularity(entry.uses, entry.helpful, entry.not_helpful)});
        }
    }
    Best(found, query.limit);
    return found;
}

}  // namespace trunkline::knowledge
