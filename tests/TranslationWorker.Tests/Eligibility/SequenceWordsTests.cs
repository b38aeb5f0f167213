using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Which pulse sequence an MR series is: physics first, then whole words.</summary>
public sealed class SequenceWordsTests
{
    [Theory]
    [InlineData("T2_TSE_HEADCOIL")]
    [InlineData("AX T2 RESTART")]
    [InlineData("AX T2 STARTED LATE")]
    [InlineData("AX T2 DIFFICULT PATIENT")]
    [InlineData("AX T2 DIFFERENT COIL")]
    [InlineData("AX T2 RETRACED")]
    [InlineData("AX T2 STIRRED")]
    [InlineData("AX T2 MADCAP INSTANT")]
    [InlineData("T2 BRAINLAB")]
    [InlineData("t2_tse_tra")]
    [InlineData("T2W_TSE")]
    [InlineData("T2wTSE_tra_512")]
    [InlineData("t2_space_sag_p2_iso")]
    [InlineData("T2 HASTE")]
    [InlineData("T2 PROPELLER")]
    [InlineData("t2_blade_tra")]
    [InlineData("Ax T2 FRFSE")]
    [InlineData("T2 gewichtet")]
    [InlineData("PD+T2 TSE")]
    public void Words_that_only_contain_others_do_not_turn_a_spin_echo_into_another(string text)
    {
        foreach (var tag in (DicomTag[])[DicomTag.SeriesDescription, DicomTag.ProtocolName, DicomTag.SequenceName])
            Assert.Equal("", T2(ds => ds.NotValidated().AddOrUpdate(tag, text)));
        Assert.Equal("", T2(ds => Silent(ds).AddOrUpdate(DicomTag.SeriesDescription, text)));
    }

    [Theory]
    [InlineData("AX FLAIR", "inversion-recovery")]
    [InlineData("t2_flair_tra", "inversion-recovery")]
    [InlineData("T2FLAIR", "inversion-recovery")]
    [InlineData("3DFLAIR", "inversion-recovery")]
    [InlineData("FLAIR2", "inversion-recovery")]
    [InlineData("t2_spc_dark-fluid", "inversion-recovery")]
    [InlineData("DarkFluid", "inversion-recovery")]
    [InlineData("t2_tirm_tra", "inversion-recovery")]
    [InlineData("STIR", "inversion-recovery")]
    [InlineData("*tir2d1rr16_15", "inversion-recovery")]
    [InlineData("AX DWI", "diffusion")]
    [InlineData("ep2d_diff_3scan_trace_p2", "diffusion")]
    [InlineData("ep2d_diff_TRACEW", "diffusion")]
    [InlineData("ADC", "diffusion")]
    [InlineData("eADC (10^-6 mm2/s)", "diffusion")]
    [InlineData("DwiSE", "diffusion")]
    [InlineData("*ep_b1000#1", "diffusion")]
    [InlineData("DTI 32dir", "diffusion")]
    [InlineData("Difusión", "diffusion")]
    public void A_sequence_that_is_a_spin_echo_too_is_known_by_its_name(string text, string reason)
    {
        DicomTag[] names = [DicomTag.SeriesDescription, DicomTag.ProtocolName, DicomTag.SequenceName, DicomTag.PulseSequenceName];
        foreach (var tag in names)
            Assert.Equal(reason, T2(ds => ds.NotValidated().AddOrUpdate(DicomTag.SeriesDescription, "AX").AddOrUpdate(tag, text)));
    }

    [Theory]
    [InlineData("AX T2*")]
    [InlineData("T2 STAR")]
    [InlineData("T2-STAR")]
    [InlineData("T2STAR_tra")]
    [InlineData("T2W*")]
    [InlineData("t2_swi_tra")]
    [InlineData("T2 gre")]
    [InlineData("T2_FFE")]
    [InlineData("T2_medic")]
    [InlineData("t2_fl2d_tra_hemo")]
    [InlineData("T2 StarVIBE")]
    [InlineData("T2 TrueFISP")]
    public void A_gradient_echo_is_known_by_its_name_only_where_physics_is_silent(string text)
    {
        Assert.Equal("gradient-echo", T2(ds => ds.Remove(DicomTag.ScanningSequence).AddOrUpdate(DicomTag.SeriesDescription, text)));
        Assert.Contains("gradient-echo", T2(ds => Silent(ds).AddOrUpdate(DicomTag.SeriesDescription, text)), StringComparison.Ordinal);
        Assert.Equal("", T2(ds => ds.AddOrUpdate(DicomTag.SeriesDescription, text)));
    }

    [Fact]
    public void Physics_that_names_another_sequence_needs_no_word()
    {
        Assert.Equal("inversion-recovery", T2(ds => ds.AddOrUpdate(DicomTag.ScanningSequence, "SE", "IR")));
        Assert.Equal("inversion-recovery", T2(ds => ds.AddOrUpdate(DicomTag.InversionTime, "2200")));
        Assert.Equal("inversion-recovery", T2(ds => ds.AddOrUpdate(DicomTag.InversionTimes, 2200.0)));
        Assert.Equal("inversion-recovery", T2(ds => ds.AddOrUpdate(DicomTag.AcquisitionContrast, "FLUID_ATTENUATED")));
        Assert.Equal("", T2(ds => ds
            .AddOrUpdate(DicomTag.InversionRecovery, "NO").AddOrUpdate(DicomTag.SeriesDescription, "BRAIN T2 FLAIR")));
        Assert.Equal("diffusion", T2(ds => ds.AddOrUpdate(DicomTag.DiffusionDirectionality, "ISOTROPIC")));
        Assert.Equal("diffusion", T2(ds => ds.AddOrUpdate(DicomTag.ImageType, "DERIVED", "PRIMARY", "DIFFUSION", "ADC")));
        Assert.Equal("", T2(ds => ds.AddOrUpdate(DicomTag.DiffusionBValue, 0.0)));
        Assert.Equal("gradient-echo", T2(ds => ds.AddOrUpdate(DicomTag.ScanningSequence, "EP", "GR")));
        Assert.Equal("not-t2-weighted", T2(ds => ds.AddOrUpdate(DicomTag.EchoTime, "10").Remove(DicomTag.RepetitionTime)));
        Assert.Equal("not-t2-weighted", T2(ds => ds.AddOrUpdate(DicomTag.RepetitionTime, "500").Remove(DicomTag.EchoTime)));
        Assert.Equal("", T2(ds => ds.Remove(DicomTag.EchoTime)));
        Assert.Equal("", T2(ds => ds.AddOrUpdate(DicomTag.SeriesDescription, "AX T1").AddOrUpdate(DicomTag.ProtocolName, "PD")));
    }

    [Fact]
    public void A_protocol_named_after_the_whole_examination_is_asked_only_where_description_and_physics_leave_the_T2_open()
    {
        Assert.Equal("", T2(ds => ds.AddOrUpdate(DicomTag.ProtocolName, "BRAIN T2 FLAIR DWI SWI")));
        Assert.Equal("inversion-recovery, diffusion", T2(ds => ds
            .AddOrUpdate(DicomTag.ProtocolName, "BRAIN T2 FLAIR DWI SWI").AddOrUpdate(DicomTag.SeriesDescription, "AX 5MM")));
        Assert.Equal("inversion-recovery, diffusion", T2(ds => ds
            .AddOrUpdate(DicomTag.ProtocolName, "BRAIN T2 FLAIR DWI").Remove(DicomTag.EchoTime)));
        Assert.Equal("inversion-recovery", T2(ds => ds
            .AddOrUpdate(DicomTag.ProtocolName, "BRAIN").AddOrUpdate(DicomTag.SequenceName, "*tir2d1_16")));
    }

    [Fact]
    public void Whatever_stands_in_a_description_is_read()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var length = i % 200 == 0 ? 20_000 : random.Next(80);
            var text = string.Concat(Enumerable.Range(0, length)
                .Select(_ => i % 2 == 0 ? (char)random.Next(32, 0x3000) : Odd[random.Next(Odd.Length)]));
            var ds = new DicomDataset().NotValidated().AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
            ds.AddOrUpdate(DicomTag.SeriesDescription, text).AddOrUpdate(DicomTag.ProtocolName, text)
                .AddOrUpdate(DicomTag.ContrastBolusAgent, text).AddOrUpdate(DicomTag.BodyPartExamined, text);

            Assert.NotNull(ImageHeader.Read(ds).Sequence);
        }
    }

    private const string Odd = "t2*-+/cC w\\o KMäß_0(\u0308\ud800\t";

    /// <summary>Only the description tells what it is.</summary>
    private static DicomDataset Silent(DicomDataset ds) => ds.Remove(
        DicomTag.ScanningSequence, DicomTag.SequenceVariant, DicomTag.EchoTime, DicomTag.RepetitionTime, DicomTag.ProtocolName);

    private static string T2(Action<DicomDataset> change) => PhantomHeaders.Verdict(PhantomKind.T2, change);
}
