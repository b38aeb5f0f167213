using System.Text.Json.Nodes;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests.ThirdPair;

/// <summary>A modality that no file of <c>src</c> knows: one profile, and one folder of models with its reference brain.</summary>
internal static class ProtonDensity
{
    private static readonly ReasonCode NotWeighted = ReasonCode.OfOwnRule("not-pd-weighted", "TE of 40 ms and more, or TR below 2000 ms");

    public static ModalityProfile Profile { get; } = new()
    {
        Modality = Modality.Parse("pd"),
        To = ShippedModalities.Ct.Modality,
        SourceSopClasses = ShippedModalities.T2.SourceSopClasses,
        Rules = [h => h is { EchoTime: < 40, RepetitionTime: >= 2000 }
            ? null : NotWeighted.Because("TE and TR are not proton density weighting.")],
        HeadFractions = (0.01, 0.99),
        Air = 0,
        FindHead = HeadMask.OfMr,
        DicomModality = "MR",
        SopClass = DicomUID.MRImageStorage,
        ImageType = "OTHER",
        Words = "proton-density-weighted MR",
        Caption = "PD MR",
    };

    /// <summary>The shipped models and references, a model for <c>pd-ct</c> that changes nothing, and no way back from CT to it.</summary>
    public static void WriteModels(string folder)
    {
        var shipped = Path.Combine(Repository.Root, "models");
        var references = Directory.CreateDirectory(Path.Combine(folder, "references")).FullName;
        foreach (var profile in ShippedModalities.Table.Profiles)
        {
            var model = profile.Direction.Name + ".onnx";
            File.CreateSymbolicLink(Path.Combine(folder, model), Path.Combine(shipped, model));
            Directory.CreateSymbolicLink(
                Path.Combine(references, profile.Modality.Code), Path.Combine(shipped, "references", profile.Modality.Code));
        }
        IdentityModel.Write(Path.Combine(folder, Profile.Direction.Name + ".onnx"), Profile.Direction);
        WriteReference(
            Path.Combine(shipped, "references", "t2"), Directory.CreateDirectory(Path.Combine(references, Profile.Modality.Code)).FullName);
    }

    /// <summary>The T2 brain under another name: a phantom's proton density series has the pixels of its T2.</summary>
    private static void WriteReference(string from, string to)
    {
        foreach (var file in (string[])["reference.png", "mask.png", "head.nii.gz", "limits.json"])
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        var parameters = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "reference.json")))!;
        parameters["modality"] = Profile.Modality.Name;
        File.WriteAllText(Path.Combine(to, "reference.json"), parameters.ToJsonString());
    }
}
