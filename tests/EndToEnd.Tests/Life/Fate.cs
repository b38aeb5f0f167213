namespace Gateway.EndToEnd.Tests.Life;

/// <summary>What becomes of a translation: as chance has it, or this.</summary>
internal enum Fate
{
    Made,
    Held,
    Failed,
}
