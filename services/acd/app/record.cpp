// Records as text. A value that holds a blank, "=", "%" or a control character is percent-encoded.
#include "acd/app/record.hpp"

#include <charconv>

namespace trunkline::acd {
namespace {

bool NeedsCode(unsigned char c) { return c <= ' ' || c == '=' || c == '%' || c == 0x7f; }

std::string Encode(std::string_view value) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char c : value) {
        if (NeedsCode(c)) {
            text += {'%', kHex[c >> 4], kHex[c & 15]};
        } else {
            text += static_cast<char>(c);
        }
    }
    return text;
}

std::string Decode(std::string_view text) {
    std::string value;
    for (size_t i = 0; i < text.size(); ++i) {
        unsigned code = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16).ec == std::errc{}) {
            value += static_cast<char>(code);
            i += 2;
        } else {
            value += text[i];
        }
    }
    return value;
}

}  // namespace

void RecordWriter::Put(std::string_view name, std::string_view value) {
    if (value.empty()) {
        return;
    }
    if (!text_.empty()) {
        text_ += ' ';
    }
    text_.append(name);
    text_ += '=';
    text_ += Encode(value);
}

void RecordWriter::Put(std::string_view name, uint64_t value) {
    if (value != 0) {
        Put(name, std::string_view(std::to_string(value)));
    }
}

void RecordWriter::Put(std::string_view name, TimePoint value) { Put(name, value.time_since_epoch()); }

void RecordWriter::Put(std::string_view name, Duration value) { Put(name, static_cast<uint64_t>(value.count())); }

RecordReader::RecordReader(std::string_view text) {
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), field.size() + 1));
        const size_t equals = field.find('=');
        if (equals != std::string_view::npos) {
            values_[std::string(field.substr(0, equals))] = Decode(field.substr(equals + 1));
        }
    }
}

std::string RecordReader::Text(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? "" : found->second;
}

uint64_t RecordReader::Number(const std::string& name) const {
    const std::string text = Text(name);
    uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

TimePoint RecordReader::Time(const std::string& name) const { return TimePoint{Length(name)}; }

Duration RecordReader::Length(const std::string& name) const { return Duration{static_cast<int64_t>(Number(name))}; }

}  // namespace trunkline::acd
