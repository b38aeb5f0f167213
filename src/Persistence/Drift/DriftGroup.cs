namespace Gateway.Persistence;

/// <summary>The series of one calling AE title, or of one vendor, in the week that is judged.</summary>
/// <param name="Name">Title or vendor.</param>
/// <param name="Series">How many were prepared.</param>
/// <param name="HeldBy">Held, by the code of the first reason.</param>
/// <param name="Stability">By measure, against its own part of the reference where that is large enough, else against all of it.</param>
public sealed record DriftGroup(
    string Name, int Series, IReadOnlyDictionary<string, int> HeldBy, IReadOnlyDictionary<string, StabilityIndex> Stability)
{
    public int Held => HeldBy.Values.Sum();
}
