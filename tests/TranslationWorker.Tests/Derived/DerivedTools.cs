using System.Diagnostics;
using System.Text.Json;

namespace Gateway.TranslationWorker.Tests.Derived;

/// <summary>The independent readers a derived object must satisfy.</summary>
internal static class DerivedTools
{
    private const string Python = """
        import json, sys, pydicom
        d = pydicom.dcmread(sys.argv[1])
        pixels = d.pixel_array.astype(float) * float(d.get("RescaleSlope", 1)) + float(d.get("RescaleIntercept", 0))
        purposes = [e.PurposeOfReferenceCodeSequence[0].CodeValue for e in d.ContributingEquipmentSequence]
        print(json.dumps({"pixels": pixels.flatten().tolist(), "synthetic": d[0x0008001C].value, "class": d.SOPClassUID.name, "purposes": purposes,
            "source": d.SourceImageSequence[0].PurposeOfReferenceCodeSequence[0].CodeValue, "patient": str(d.PatientName),
            "description": d.SeriesDescription, "device": d.ContributingEquipmentSequence[0].DeviceUID, "syntax": d.file_meta.TransferSyntaxUID.name}))
        """;

    /// <summary>Nothing but the line on (0008,001C), which this dciodvfy is too old to know, may be an error.</summary>
    public static void Validate(string file)
    {
        var (exit, errors) = Errors(file);
        Assert.True(exit == 0 && errors.Length == 0, $"dciodvfy exits {exit}:\n{string.Join('\n', errors)}");
    }

    /// <summary>dciodvfy's exit code and its lines of error but the one on (0008,001C).</summary>
    public static (int Exit, string[] Lines) Errors(string file)
    {
        var (exit, output) = Run("dciodvfy", file);
        return (exit, [.. output.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal)
            && !line.Contains("(0x0008,0x001c)", StringComparison.OrdinalIgnoreCase))]);
    }

    public static void ValidateTogether(params string[] files)
    {
        var (exit, output) = Run("dcentvfy", files);
        Assert.DoesNotContain("Error", output, StringComparison.Ordinal);
        Assert.Equal(0, exit);
    }

    public static JsonElement ReadWithPydicom(string file)
    {
        var (exit, output) = Run("/usr/bin/python3", "-W", "ignore", "-c", Python, file);
        Assert.True(exit == 0, output);
        return JsonDocument.Parse(output).RootElement;
    }

    private static (int Exit, string Output) Run(string tool, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
