using static Gateway.FieldCases.Check;

namespace Gateway.FieldCases;

/// <summary>What is right for each case of the folder, by name; for one that is not here: translated, once.</summary>
internal static class RightValues
{
    /// <summary>Cases in which nothing is odd.</summary>
    public static readonly IReadOnlyCollection<string> Plain = ["ct_plain", "t2_plain"];

    private static readonly RightValue Usual = new("Translated.", Translated());
    private static readonly RightValue Unharmed = new("Translated, to the picture of the plain series.", Translated(), LikePlain());

    private static readonly Dictionary<string, RightValue> All = new()
    {
        ["ct_plain"] = Usual,
        ["t2_plain"] = Usual,
        ["c01_dual_echo_pd_t2"] = new(
            "The T2 echo is translated; what was set aside is said.", Translated(), From(DicomTag.EchoTime, "100"), Says("echo")),
        ["c02_scout_in_ct_series"] = new(
            "The axial stack is translated without the scout, which is said.", Translated(), LikePlain(), Says("localizer")),
        ["c03_latin1_without_charset"] = Unharmed,
        ["c04_charset_empty_value"] = Unharmed,
        ["c05_korean_iso2022_149"] = Unharmed,
        ["c06_study_uid_two_patients"] = new(
            "A conflict that page, API and FHIR show; nothing is made until a person has decided.", Stopped("patient-conflict"), Conflict),
        ["c07_corrected_patient_resend"] = new(
            "Translated anew under the corrected name; what was made under the old one counts no more.", Translated(), Superseded),
        ["c08_decimal_comma_spacing"] = Unharmed,
        ["c09_padding_minus_2000"] = Unharmed,
        ["c10_padding_positive_63536"] = Unharmed,
        ["c12_signed_12_without_sign_extension"] = Unharmed,
        ["c14_contrast_agent_none"] = Unharmed,
        ["c15_contrast_only_in_description"] = new("Stopped: the model knows native CT only.", Stopped("contrast-agent")),
        ["c16_head_coil_in_name"] = Unharmed,
        ["c17_restart_in_description"] = Unharmed,
        ["c18_two_kernels_one_series"] = new(
            "The soft kernel is translated; the other is said to be set aside.", Translated(), From(DicomTag.ConvolutionKernel, "H30s"),
            Says("kernel")),
        ["c20_rescale_missing"] = Unharmed,
        ["c21_slope_varies_per_slice"] = Unharmed,
        ["c22_null_padded_and_long_ds"] = Unharmed,
        ["c23_name_markup_carets"] = Unharmed,
        ["c24_leading_zero_uid"] = Unharmed,
        ["c25_is_with_decimals"] = new("Translated; Series Number is 1001.", Translated(), LikePlain(), Has(DicomTag.SeriesNumber, "1001")),
        ["c27_nonsquare_rectangular"] = new(
            "Translated on its own grid.", Translated(), Has(DicomTag.Rows, "256"), Has(DicomTag.Columns, "192")),
        ["c28_matrix_1024"] = new("Translated on its own grid.", Translated(), Has(DicomTag.Rows, "1024")),
        ["c30_craniectomy_metal"] = new(
            "Translated, or held with a reason; not failed.", (o, _) => o.State is "delivered" or "held"
                ? null : "Neither translated nor held."),
        ["c31_big_endian"] = Unharmed,
        ["c33_feet_to_head_mixed_for"] = new(
            "Stopped, or translated from one frame of reference alone, which is said.", Either(Translated(), Stopped()), Says("frame")),
        ["c37_organization_umlaut"] = new("Translated; Institution or Manufacturer readable.", Translated(), LikePlain()),
        ["s03_isoir6_latin1"] = Unharmed,
        ["s08_padding_range_limit"] = Unharmed,
        ["s14_contrast_no"] = Unharmed,
        ["s35_one_header_decides_te"] = new(
            "Stopped as mixed, or the other 23 translated; not by which image came first.", Either(Translated(), Stopped("mixed-series")),
            Says("echo")),
    };

    public static RightValue Of(string name) => All.GetValueOrDefault(name, Usual);
}
