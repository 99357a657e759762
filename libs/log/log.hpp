// Structured log: one JSON object a line on standard error. A message is a constant; what varies is a field whose key
// comes from keys.hpp. Phone numbers are masked by the caller with Mask().
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace trunkline::log {

enum class Level { kDebug, kInfo, kWarning, kError };

struct Field {
    std::string_view key;
    std::variant<std::string, int64_t, double, bool> value;

    Field(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
    Field(std::string_view k, std::string_view v) : key(k), value(std::string(v)) {}
    Field(std::string_view k, const char* v) : key(k), value(std::string(v)) {}
    Field(std::string_view k, bool v) : key(k), value(v) {}
    Field(std::string_view k, double v) : key(k), value(v) {}
    template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) Field(std::string_view k, T v)
        : key(k), value(static_cast<int64_t>(v)) {}
};

using Fields = std::initializer_list<Field>;

// Set once at the start of a process, before threads: the value of the key "service" and the lowest level written.
void Configure(std::string_view service, Level lowest);

// Safe from any thread; a line is written whole. Lines of one message above 50 a second are counted, not written, and
// the count is told with the next one.
void Write(Level level, std::string_view message, Fields fields);

inline void Debug(std::string_view message, Fields fields = {}) { Write(Level::kDebug, message, fields); }
inline void Info(std::string_view message, Fields fields = {}) { Write(Level::kInfo, message, fields); }
inline void Warning(std::string_view message, Fields fields = {}) { Write(Level::kWarning, message, fields); }
inline void Error(std::string_view message, Fields fields = {}) { Write(Level::kError, message, fields); }

// A phone number as logs may show it: 138****8000 (first 3 and last 4 kept; short codes of up to 6 digits whole).
std::string Mask(std::string_view number);

}  // namespace trunkline::log
