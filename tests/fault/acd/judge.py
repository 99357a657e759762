"""Looks at the events of contacts, as the timeline tells them, for what must never be."""
import collections
import datetime

TALK_ERROR = 1.0
PLACES = 1  # by which somebody may be overtaken
# A moment in which one offer ends and the next begins is told with the times of two events.
OVERLAP = 0.02


def moment(text):
    """Seconds since 1970 of a time as JSON carries it, with up to nine digits of a second."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    seconds = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc).timestamp()
    return seconds + float(f"0.{fraction or 0}")


def length(text):
    return float((text or "0s").rstrip("s"))


class Judge:
    """Every talk lasted for `talk` seconds, because the caller counted them."""

    def __init__(self, talk):
        self._talk = talk
        self._faults = []
        self._served = []  # (queued, first offered, contact)
        self._agents = collections.defaultdict(list)  # (from, to, contact) in which an agent had something
        self.offers = 0

    def look(self, contact, events):
        """`events` are a name, the event's fields and its time, in the order of time."""
        kinds = collections.defaultdict(list)
        for kind, fields, time in events:
            kinds[kind].append(fields)
            if kind == "ContactOffered" and len(kinds[kind]) == 1 and kinds["ContactQueued"]:
                self._served.append((moment(kinds["ContactQueued"][0]["queued_time"]), moment(time), contact))
        self._stays(contact, kinds)
        self._talks(contact, kinds)
        self.offers += len(kinds["ContactOffered"])
        if len(kinds["CallEnded"]) != 1:
            self._fault(contact, f"its call ended {len(kinds['CallEnded'])} times")

    def faults(self):
        """All of them, with those that only show in the comparison of contacts."""
        found = list(self._faults)
        for agent, spells in self._agents.items():
            spells.sort()
            for before, after in zip(spells, spells[1:]):
                if after[0] < before[1] - OVERLAP:
                    found.append(f"agent {agent} had {before[2]} and {after[2]} at once, for {before[1] - after[0]:.3f} s")
        self._served.sort()
        for place, (_, offered, contact) in enumerate(self._served):
            later = [other for _, other_offered, other in self._served[place + 1:] if other_offered < offered]
            if len(later) > PLACES:
                found.append(f"{contact}: overtaken by {len(later)}, {later[0]} among them")
        return found

    def _fault(self, contact, text):
        self._faults.append(f"{contact}: {text}")

    def _stays(self, contact, kinds):
        queued = collections.Counter(event["segment_id"] for event in kinds["ContactQueued"])
        ended = collections.Counter(event["segment_id"] for event in kinds["ContactDequeued"])
        for segment in queued.keys() | ended.keys():
            if (queued[segment], ended[segment]) != (1, 1):
                self._fault(contact, f"a stay began {queued[segment]} times and ended {ended[segment]} times")
        for event in kinds["ContactDequeued"]:
            if event["outcome"] != "ANSWERED":
                self._fault(contact, f"left the queue by {event['outcome']}")

    def _talks(self, contact, kinds):
        parts = collections.Counter(event["agent_segment_id"] for event in kinds["AgentSegmentEnded"])
        wrapped = collections.Counter(event["agent_segment_id"] for event in kinds["WrapUpEnded"])
        if len(parts) != 1 or set(parts.values()) != {1} or parts != wrapped:
            self._fault(contact, f"{sum(parts.values())} talks and {sum(wrapped.values())} wrap-ups are told")
        for event in kinds["AgentSegmentEnded"]:
            told = length(event.get("talk"))
            if abs(told - self._talk) > TALK_ERROR:
                self._fault(contact, f"a talk of {self._talk} s is told as {told:.1f} s")
            self._agents[event["agent_id"]].append((moment(event["start_time"]), moment(event["end_time"]), contact))
