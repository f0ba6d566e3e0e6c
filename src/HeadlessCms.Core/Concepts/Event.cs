using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace HeadlessCms.Core.Concepts;

/// <summary>The status of an event: schema.org's <c>EventStatusType</c>.</summary>
public enum EventStatus
{
    /// <summary>It takes place as planned.</summary>
    EventScheduled,

    /// <summary>It does not take place.</summary>
    EventCancelled,

    /// <summary>It takes place online instead.</summary>
    EventMovedOnline,

    /// <summary>It takes place later; the new time is not known.</summary>
    EventPostponed,

    /// <summary>It takes place at another time, which is known.</summary>
    EventRescheduled,
}

/// <summary>Something that happens at a time: a summit, an election, a match.</summary>
public sealed class Event() : Concept(ConceptKind.Event)
{
    /// <summary>The kind of event: conference, election, match …</summary>
    [MaxLength(50)]
    public string? EventKind { get; set; }

    /// <summary>When it begins.</summary>
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>When it ends, not before <see cref="StartsAt"/>.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>Whether it takes place as planned.</summary>
    [MaxLength(20)]
    public EventStatus? EventStatus { get; set; }

    /// <summary>Where it takes place.</summary>
    [NotMapped]
    public ConceptTie? Location => Ties.SingleOrDefault(tie => tie.Kind == TieKind.Location);

    /// <summary>The organisations that hold it.</summary>
    [NotMapped]
    public IEnumerable<ConceptTie> Organisers => Ties.Where(tie => tie.Kind == TieKind.Organiser);

    /// <summary>Sets <see cref="Location"/> and <see cref="Organisers"/>.</summary>
    public void HoldAt(Guid? place, IEnumerable<Guid> organisers) =>
        SetTies([
            .. place is { } location ? [new(TieKind.Location, location)] : Array.Empty<TieContent>(),
            .. organisers.Select(organiser => new TieContent(TieKind.Organiser, organiser)),
        ]);

    /// <inheritdoc/>
    protected override void AbsorbMembers(Concept other)
    {
        if (other is not Event same)
            return;
        (EventKind, EventStatus) = (EventKind ?? same.EventKind, EventStatus ?? same.EventStatus);
        if (StartsAt is null && EndsAt is null)
            (StartsAt, EndsAt) = (same.StartsAt, same.EndsAt);
        HoldAt((Location ?? same.Location)?.NamedId, Organisers.Concat(same.Organisers).Select(tie => tie.NamedId).Distinct());
    }
}
