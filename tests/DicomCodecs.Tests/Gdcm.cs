using System.Diagnostics;
using System.Text.Json;

namespace Gateway.DicomCodecs.Tests;

/// <summary>The pixels that GDCM, an independent decoder, finds in files.</summary>
internal static class Gdcm
{
    /// <summary>By path: native bytes, colour by pixel; null where GDCM refuses the file.</summary>
    public static Dictionary<string, byte[]?> Decode(IReadOnlyList<string> paths, string folder)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "gdcm_pixels.py"), folder])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var chatter = python.StandardError.ReadToEndAsync();
        var answers = python.StandardOutput.ReadToEndAsync();
        foreach (var path in paths) python.StandardInput.WriteLine(path);
        python.StandardInput.Close();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, chatter.Result);
        var lines = answers.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(paths.Count, lines.Length);
        return lines.Select((line, number) => (Answer: JsonDocument.Parse(line).RootElement, number)).ToDictionary(
            line => line.Answer.GetProperty("path").GetString()!,
            line => line.Answer.TryGetProperty("length", out _) ? File.ReadAllBytes(Path.Combine(folder, $"{line.number}")) : null);
    }
}
