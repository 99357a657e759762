// A flat record as text: "name=value name=value". Values are words (no blank, no "="); what is empty is left out.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "clock/clock.hpp"

namespace trunkline::acd {

class RecordWriter {
 public:
    void Put(std::string_view name, std::string_view value);
    void Put(std::string_view name, uint64_t value);
    void Put(std::string_view name, TimePoint value);
    void Put(std::string_view name, Duration value);
    const std::string& text() const { return text_; }

 private:
    std::string text_;
};

class RecordReader {
 public:
    explicit RecordReader(std::string_view text);
    bool Has(const std::string& name) const { return values_.contains(name); }
    // Empty or zero when it is not there or not a number.
    std::string Text(const std::string& name) const;
    uint64_t Number(const std::string& name) const;
    TimePoint Time(const std::string& name) const;
    Duration Length(const std::string& name) const;

 private:
    std::map<std::string, std::string> values_;
};

}  // namespace trunkline::acd
