using System.Globalization;

namespace Gateway.Harness;

/// <summary>What a process and its children took, as proc(5) counts it.</summary>
public static class ProcessTree
{
    /// <summary>Ticks of <c>/proc/*/stat</c> are hundredths of a second on every Linux (USER_HZ).</summary>
    private const double TicksPerSecond = 100;

    /// <summary>User and system seconds of a process, of those it started and lives with, and of those it has waited for.</summary>
    public static double ProcessorSeconds(int id)
    {
        var all = Directory.EnumerateDirectories("/proc").Where(folder => char.IsDigit(folder[^1]))
            .Select(folder => Stat.Read(folder + "/stat")).OfType<Stat>().ToList();
        var (seconds, found) = (0d, new HashSet<int> { id });
        foreach (var process in all.OrderBy(process => process.Id)
            .Where(process => found.Contains(process.Id) || found.Contains(process.Parent)))
        {
            found.Add(process.Id);
            seconds += process.Seconds;
        }

        return seconds;
    }

    /// <summary>Seconds of this process and of every child it has waited for.</summary>
    public static double OwnProcessorSeconds() => Stat.Read("/proc/self/stat")!.Seconds;

    /// <summary>Seconds all processors were busy since the machine started.</summary>
    public static double MachineSeconds()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..8]
            .Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToList();
        return (ticks.Sum() - ticks[3] - ticks[4]) / TicksPerSecond;    // without idle and waiting for the disk
    }

    /// <summary>Forgets the most memory a process ever had resident.</summary>
    public static void ResetPeak(int id) => File.WriteAllText($"/proc/{id}/clear_refs", "5");

    /// <summary>MiB resident now (<c>VmRSS</c>), or most since <see cref="ResetPeak"/> (<c>VmHWM</c>).</summary>
    public static double Mebibytes(int id, string field)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(text => text.StartsWith(field + ":", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private sealed record Stat(int Id, int Parent, double Seconds)
    {
        /// <summary>Null: gone, or no process.</summary>
        public static Stat? Read(string file)
        {
            try
            {
                var text = File.ReadAllText(file);
                var id = int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');    // from field 3: the name before it may hold anything
                var ticks = fields[11..15].Sum(value => long.Parse(value, CultureInfo.InvariantCulture));
                return new(id, int.Parse(fields[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
