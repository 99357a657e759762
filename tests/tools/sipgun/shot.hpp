// What was sent in one go, and which of the bytes that come back are answers to it.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sip/message.hpp"

namespace trunkline::sipgun {

class Shot {
 public:
    // `is_stream`: every request in `bytes` counts, as on a stream; else the first alone, as in a datagram.
    Shot(std::string bytes, bool is_stream);

    const std::string& bytes() const { return bytes_; }
    // Takes what has come so far, all of it. Repetitions count once. Answers to other messages, such as a late one to
    // the message before, are not ours; a message without a Call-ID takes whatever comes.
    void Read(std::string_view received);
    bool HasFinal() const { return !finals_.empty(); }
    // The status lines that came, without provisional ones when there is a final one.
    std::vector<std::string> StatusLines() const;
    size_t ReceivedBytes() const;
    // What acknowledges the refusals of our INVITEs that came (RFC 3261 section 17.1.1.3): an element repeats them
    // until then.
    std::vector<std::string> Acknowledgements() const;

 private:
    void TakeAnswer(std::string_view bytes);

    std::string bytes_;
    std::vector<std::string> call_ids_;            // as written: a torture message need not be readable
    std::map<std::string, sip::Message> invites_;  // those that can be read, by Call-ID
    std::vector<std::string> finals_;
    std::vector<std::string> provisionals_;
};

}  // namespace trunkline::sipgun
