// The phones and numbers of one agent: tried in order within one offer, confirmed by a key where that is asked for.
#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr Duration kConfirmLimit = std::chrono::seconds(20);

const Endpoint& EndpointAt(const AgentSettings& agent, uint32_t index) {
    return agent.endpoints[std::min<size_t>(index, agent.endpoints.size() - 1)];
}

}  // namespace

void Router::RingEndpoint(const Contact& contact, const Agent& agent, const Offer& offer, Turn& turn) {
    const QueueSettings& queue = contact.home->settings;
    Ring ring{contact.id, agent.settings.id, agent.settings.phone, offer.leg, queue.ring_limit};
    if (!agent.settings.endpoints.empty()) {
        const Endpoint& endpoint = EndpointAt(agent.settings, offer.endpoint);
        ring.phone = endpoint.phone;
        ring.number = endpoint.number;
    }
    turn.Do(std::move(ring));
}

// The next way to reach the agent, if he was not reached on this one. He refused nothing yet, so the offer goes on.
bool Router::RingNextEndpoint(Contact& contact, Offer& offer, LegEnd end, Turn& turn) {
    const Agent* agent = Find(offer.agent);
    const bool refused = end == LegEnd::kRejected || end == LegEnd::kHungUp || offer.answered;
    if (agent == nullptr || refused || offer.endpoint + 1 >= agent->settings.endpoints.size()) {
        return false;
    }
    ++offer.endpoint;
    offer.leg = LegId(DerivedId("endpoint/" + offer.leg.str()));
    GiveUpAt(offer, contact, turn.now + contact.home->settings.ring_limit + kConfirmLimit);
    Touch(contact, turn);
    RingEndpoint(contact, *agent, offer, turn);
    return true;
}

bool Router::Confirms(const Offer& offer) {
    const Agent* agent = Find(offer.agent);
    return agent != nullptr && !agent->settings.endpoints.empty() &&
           EndpointAt(agent->settings, offer.endpoint).confirms;
}

Status Router::On(const OfferConfirmed& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    Offer* offer = FindOffer(*contact, event.leg);
    if (offer == nullptr || offer->answered) {
        return {};
    }
    if (event.accepted) {
        OfferAnswered(*contact, *offer, turn);
        return {};
    }
    turn.Do(DropLeg{contact->id, event.leg});
    EndOffer(*contact, event.leg, LegEnd::kNoAnswer, turn);
    return {};
}

}  // namespace trunkline::acd
