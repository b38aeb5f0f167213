namespace Gateway.RealVolumes;

/// <summary>What a person saw in the pictures: seen.tsv, a name and a phrase a line, kept apart so that a new table keeps it.</summary>
internal static class Seen
{
    public static IReadOnlyDictionary<string, string> Load(string path) =>
        File.ReadLines(path).Select(line => line.Split('\t', 2)).ToDictionary(line => line[0], line => line[1]);
}
