using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Dicom.Tests;

/// <summary>What pydicom, an independent reader, finds in files.</summary>
internal static class Pydicom
{
    /// <summary>By path: each element's path (<c>00081140[0].00081150</c>) and values; null where pydicom refuses the file.</summary>
    public static Dictionary<string, Dictionary<string, JsonElement>?> Read(IEnumerable<string> paths)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "pydicom_dump.py")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var python = Process.Start(start)!;
        var feeding = Task.Run(() =>
        {
            foreach (var path in paths) python.StandardInput.WriteLine(path);
            python.StandardInput.Close();
        });
        var found = new Dictionary<string, Dictionary<string, JsonElement>?>();
        while (python.StandardOutput.ReadLine() is { } line)
        {
            var file = JsonDocument.Parse(line).RootElement;
            found.Add(file.GetProperty("path").GetString()!, file.TryGetProperty("elements", out var elements)
                ? elements.EnumerateObject().ToDictionary(e => e.Name, e => e.Value) : null);
        }
        feeding.Wait();
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
        return found;
    }
}
