// Telephones write full-width digits and Chinese punctuation; both are read as their plain kind.
#include "workorder/domain/crew_reply.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace trunkline::workorder {
namespace {

struct Word {
    const char* text;
    CrewWord word;
};
// Longer ones first where one begins another.
constexpr std::array kWords{
    Word{"已接单", CrewWord::kAccept}, Word{"接单", CrewWord::kAccept},     Word{"收到", CrewWord::kAccept},
    Word{"accept", CrewWord::kAccept}, Word{"ok", CrewWord::kAccept},       Word{"已到场", CrewWord::kArrived},
    Word{"到场", CrewWord::kArrived},  Word{"已到达", CrewWord::kArrived},  Word{"到达", CrewWord::kArrived},
    Word{"到了", CrewWord::kArrived},  Word{"arrived", CrewWord::kArrived}, Word{"已完成", CrewWord::kDone},
    Word{"完成", CrewWord::kDone},     Word{"修好了", CrewWord::kDone},     Word{"修好", CrewWord::kDone},
    Word{"done", CrewWord::kDone},     Word{"1", CrewWord::kAccept},        Word{"2", CrewWord::kArrived},
    Word{"3", CrewWord::kDone}};

// Lower case, plain digits, plain spaces and punctuation.
std::string Plain(const std::string& text) {
    static const std::array<std::pair<std::string, std::string>, 6> kMarks{
        {{"\u3000", " "}, {"，", ","}, {"。", "."}, {"：", ":"}, {"；", ";"}, {"＃", "#"}}};
    std::string plain;
    for (size_t at = 0; at < text.size();) {
        const auto mark = std::find_if(kMarks.begin(), kMarks.end(),
                                       [&](const auto& m) { return text.compare(at, m.first.size(), m.first) == 0; });
        if (mark != kMarks.end()) {
            plain += mark->second;
            at += mark->first.size();
        } else if (text.compare(at, 2, "\xEF\xBC") == 0 && at + 2 < text.size() && text[at + 2] >= '\x90' &&
                   text[at + 2] <= '\x99') {
            plain += static_cast<char>('0' + (text[at + 2] - '\x90'));  // full-width digits
            at += 3;
        } else {
            const char c = text[at++];
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }
    return plain;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string Trim(const std::string& text) {
    constexpr const char* kAround = " \t\r\n,.:;#+-";
    const size_t begin = text.find_first_not_of(kAround);
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// Digits, perhaps with one hyphen, that stand alone at the beginning.
std::string CodeOf(const std::string& text) {
    size_t end = 0;
    while (end < text.size() && (IsDigit(text[end]) || (end == 8 && text[end] == '-'))) {
        ++end;
    }
    const bool alone = end == text.size() || std::string(" \t\r\n,.:;").find(text[end]) != std::string::npos;
    return alone && end <= 20 ? text.substr(0, end) : "";
}

std::string WithoutZeros(const std::string& digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

}  // namespace

std::optional<CrewReply> ParseCrewReply(const std::string& written) {
    const std::string text = Trim(Plain(written.substr(0, 2000)));
    for (const Word& word : kWords) {
        const std::string begin = word.text;
        if (text.compare(0, begin.size(), begin) != 0) {
            continue;
        }
        // "12路" is not "1".
        const bool number = IsDigit(begin[0]);
        if (number && text.size() > 1 && (IsDigit(text[1]) || text[1] == '-')) {
            return std::nullopt;
        }
        CrewReply reply{word.word, "", "", Trim(text.substr(begin.size()))};
        reply.code = CodeOf(reply.all);
        reply.text = Trim(reply.all.substr(reply.code.size()));
        return reply;
    }
    return std::nullopt;
}

bool IsMeant(const std::string& code, const std::string& order_number) {
    const size_t hyphen = order_number.find('-');
    return !code.empty() &&
           (code == order_number || (hyphen != std::string::npos && code.find('-') == std::string::npos &&
                                     WithoutZeros(code) == WithoutZeros(order_number.substr(hyphen + 1))));
}

}  // namespace trunkline::workorder
