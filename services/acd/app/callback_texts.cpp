// The built-in texts in Chinese and English.
#include "acd/app/callback_texts.hpp"

#include <cctype>

namespace trunkline::acd {
namespace {

constexpr uint32_t kLongestNumber = 20;

// The Chinese or the English one.
std::string In(const std::string& language, const char* chinese, const char* english) {
    return language.starts_with("en") ? english : chinese;
}

std::vector<std::string> ConfirmNumber(const std::string& number, bool other, const std::string& language) {
    std::vector<std::string> texts{In(language, "您可以挂机，您的排队位置将为您保留，轮到您时我们将回拨",
                                      "You may hang up and keep your place. When it is your turn we will call")};
    for (const char digit : number) {
        if (std::isdigit(static_cast<unsigned char>(digit)) != 0) {
            texts.emplace_back(1, digit);
        }
    }
    texts.push_back(In(language, "确认请按1", "To confirm press 1."));
    if (other) {
        texts.push_back(In(language, "使用其他号码请按2", "For another number press 2."));
    }
    texts.push_back(In(language, "继续等待请按星号键", "To go on waiting press star."));
    return texts;
}

}  // namespace

std::vector<std::string> TextsFor(const AskCustomer& question, const QueueSettings& queue,
                                  const std::string& language) {
    const std::string number_text = In(language, "请输入您的回拨号码，固定电话请加区号，按井号键结束",
                                       "Please enter your number with the area code, then press the hash key.");
    switch (question.question) {
        case Question::kConfirmNumber:
            return ConfirmNumber(question.number, queue.callbacks.other_number, language);
        case Question::kNumber:
            return {number_text};
        case Question::kNumberAgain:
            return {In(language, "该号码无法回拨", "We cannot call that number."), number_text};
        case Question::kGreeting:
            break;
    }
    const std::string greeting = In(language, "您好，这是您预约的回电", "Hello, this is the call back you asked for.");
    return {queue.callbacks.greeting.empty() ? greeting : queue.callbacks.greeting,
            In(language, "接通人工请按1", "To be connected press 1."),
            In(language, "不再需要回电请按2", "If you no longer need it press 2.")};
}

uint32_t KeysFor(Question question) {
    return question == Question::kNumber || question == Question::kNumberAgain ? kLongestNumber : 1;
}

std::string CallbackPromise(const std::string& language) {
    return In(language, "您的排队位置已保留，轮到您时我们将回拨给您，再见",
              "Your place is kept and we will call you when it is your turn. Goodbye.");
}

std::string CallbackRefusal(bool arranged, const std::string& language) {
    return arranged ? In(language, "该号码已预约回电，请继续等待",
                         "A call back to this number is arranged already. Please hold the line.")
                    : In(language, "暂时无法预约回电，请继续等待",
                         "We cannot arrange a call back now. Please hold the line.");
}

}  // namespace trunkline::acd
