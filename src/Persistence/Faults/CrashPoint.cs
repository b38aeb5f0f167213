namespace Gateway.Persistence;

/// <summary>Where a process can die between two steps that belong together. Their numbers are those of docs/reliability.md.</summary>
public enum CrashPoint
{
    /// <summary>The object is a flushed spool file, and nothing else.</summary>
    AfterSpoolWrite = 1,

    /// <summary>The object has its place in the object store; no row names it.</summary>
    AfterPlacing = 2,

    /// <summary>The row is durable; the sender was not answered (PS3.7 §9.1.1.2).</summary>
    AfterCommit = 3,

    /// <summary>The outbox row is taken; the broker has nothing.</summary>
    BeforePublish = 4,

    /// <summary>The broker has the message; the outbox row does not say so.</summary>
    AfterPublish = 5,

    /// <summary>A stage of a translation is done, the next has not begun.</summary>
    MidStage = 6,

    /// <summary>The derived objects are written; no row names them.</summary>
    BetweenObjectAndRow = 7,

    /// <summary>A destination took an image; the row of its delivery does not say so.</summary>
    MidDelivery = 8,

    /// <summary>The FHIR server took the study; the row of its publication does not say so.</summary>
    BetweenFhirAndRow = 9,
}
