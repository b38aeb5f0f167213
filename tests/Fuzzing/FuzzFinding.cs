namespace Gateway.Fuzzing;

/// <summary>An input that showed a fault. Target, seed and number make it again.</summary>
/// <param name="Number">Which input it was, from 0 on.</param>
/// <param name="What">The exception, the time or the allocation.</param>
/// <param name="Input">The bytes as the target got them.</param>
public sealed record FuzzFinding(string Target, ulong Seed, long Number, string What, byte[] Input)
{
    private const int Shown = 512;

    public override string ToString() =>
        $"{Target}, seed {Seed}, input {Number}: {What}\n{Convert.ToHexString(Input.AsSpan(0, Math.Min(Input.Length, Shown)))}";
}
