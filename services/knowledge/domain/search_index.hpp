// Search over all published articles, in memory: Chinese by pairs of characters, by sound and by first letters, English
// by words and their parts. Ranked by text, use and votes. Not safe from several threads; its owner locks.
#pragma once
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "knowledge/domain/article.hpp"
#include "knowledge/domain/tokens.hpp"

namespace trunkline::knowledge {

// What of an article can be found.
struct Document {
    std::string id;
    Content content;
    uint64_t uses = 0;
    uint32_t helpful = 0;
    uint32_t not_helpful = 0;
};

struct Query {
    std::string text;
    std::set<std::string> categories;  // empty: all
    std::string tag;
    std::string language;
    size_t limit = 20;
    // The share of what was asked that an article must answer, by weight. A sentence typed into a form asks much more
    // than any article answers.
    double least_share = 0.3;
};

struct Found {
    std::string id;
    double score = 0;
};

class SearchIndex {
 public:
    // Adds, or replaces the one of the same id.
    void Put(const Document& document);
    void Remove(const std::string& id);
    // What changes often, without indexing anew.
    void SetPopularity(const std::string& id, uint64_t uses, uint32_t helpful, uint32_t not_helpful);
    // Best first. Without a text: the most used.
    std::vector<Found> Search(const Query& query, TimePoint now) const;
    size_t size() const { return places_.size(); }

 private:
    using Posting = uint32_t;  // place of the document, and the weight of the field in the low 4 bits
    struct Entry {
        std::string id;
        std::string category;
        std::vector<std::string> tags;
        std::string language;
        TimePoint from{};
        TimePoint to{};
        uint64_t uses = 0;
        uint32_t helpful = 0;
        uint32_t not_helpful = 0;
        bool alive = true;
    };

    struct Sheet;

    std::array<double, kTokenKinds> Ask(const std::vector<Token>& tokens, Sheet& sheet) const;
    bool Passes(const Entry& entry, const Query& query, TimePoint now) const;
    void Compact();

    std::vector<Entry> entries_;
    std::unordered_map<std::string, uint32_t> places_;
    std::unordered_map<uint64_t, std::vector<Posting>> postings_;
};

}  // namespace trunkline::knowledge
