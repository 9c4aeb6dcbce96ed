#include "fakes/cloud/page_style.hpp"

namespace fakes {

std::string_view page_style() {
  return R"(
:root{--ink:#14213d;--soft:#5a6680;--line:#dfe4ee;--card:#fff;--ground:#eef2f8;--brand:#0a3d62;
--brand-2:#0f5b8c;--accent:#0b6e4f;--warn:#9b1c31;--field:#fbfcfe}
*,*:before{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.55;
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.top{background:linear-gradient(100deg,var(--brand),var(--brand-2));color:#fff}
.bar{max-width:44rem;margin:0 auto;padding:1.1rem 1.5rem;display:flex;align-items:center;gap:.8rem}
.bar b{font-size:1.1rem;font-weight:600;letter-spacing:.01em}
.bar span{margin-left:auto;font-size:.85rem;opacity:.85}
.lock{position:relative;width:1.15rem;height:.9rem;margin:.5rem .15rem 0;background:#fff;
border-radius:.2rem;flex:none}
.lock:before{content:"";position:absolute;left:.2rem;top:-.6rem;width:.75rem;height:.7rem;
border:.15rem solid #fff;border-bottom:0;border-radius:.45rem .45rem 0 0}
main{max-width:44rem;margin:2rem auto 1rem;padding:2.2rem 2.4rem;background:var(--card);
border:1px solid var(--line);border-radius:.9rem;box-shadow:0 .6rem 2rem rgba(20,33,61,.07)}
h1{margin:0 0 .4rem;font-size:1.55rem;line-height:1.25;font-weight:650;overflow-wrap:anywhere}
h2{margin:2rem 0 .6rem;font-size:1rem}
p{margin:.7rem 0}
.lead{color:var(--soft);margin-bottom:1.4rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.2rem;margin:1.4rem 0;
padding:1rem 1.2rem;background:var(--ground);border-radius:.6rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
label{display:block;margin:1.1rem 0 .35rem;font-weight:600;font-size:.95rem}
input{width:100%;padding:.75rem .9rem;font:inherit;color:inherit;background:var(--field);
border:1px solid #b9c3d6;border-radius:.5rem}
input:focus,button:focus-visible,a:focus-visible{outline:3px solid #7db4de;outline-offset:1px}
.hint{margin:.35rem 0 0;font-size:.85rem;color:var(--soft)}
form+.hint{margin-top:1.1rem}
button{display:inline-block;margin:1.4rem 0 0;padding:.8rem 1.6rem;font:inherit;font-weight:600;
color:#fff;background:var(--brand-2);border:0;border-radius:.5rem;cursor:pointer}
button:hover{background:var(--brand)}
button.quiet{margin:0;padding:.45rem .9rem;font-size:.9rem;color:var(--brand-2);
background:transparent;border:1px solid #b9c3d6}
button.quiet:hover{background:var(--ground)}
.file{display:flex;width:100%;margin:.5rem 0 0;padding:.8rem 1rem;gap:1rem;align-items:baseline;
color:var(--ink);background:var(--field);border:1px solid var(--line);font-weight:500;
text-align:left;overflow-wrap:anywhere}
.file:hover{background:var(--ground)}
.file i{margin-left:auto;font-style:normal;font-weight:400;font-size:.85rem;color:var(--soft);
white-space:nowrap}
.text{margin:1.4rem 0 0;padding:1.4rem 0;border-top:1px solid var(--line);
border-bottom:1px solid var(--line);white-space:pre-wrap;overflow-wrap:anywhere}
iframe{width:100%;height:60vh;margin:1.4rem 0 0;border:1px solid var(--line);border-radius:.5rem;
background:#fff}
.note{padding:.8rem 1rem;border-left:.3rem solid var(--accent);background:#eaf6f1;
border-radius:.3rem}
.wrong{border-color:var(--warn);background:#fbedf0;color:#7a1326}
.row{display:flex;gap:1rem;align-items:flex-start;justify-content:space-between}
.row button{white-space:nowrap}
details{margin-top:1.6rem;font-size:.9rem;color:var(--soft)}
summary{cursor:pointer}
footer{max-width:44rem;margin:0 auto 2.5rem;padding:0 2.4rem;font-size:.82rem;color:var(--soft)}
@media(max-width:36rem){
main{margin:0;padding:1.6rem 1.25rem;border:0;border-radius:0;box-shadow:none}
.bar{padding:1rem 1.25rem}
footer{margin-top:1.2rem;padding:0 1.25rem}
h1{font-size:1.35rem}
main>form>button:not(.quiet):not(.file){width:100%}
dl{grid-template-columns:1fr;gap:.1rem}
dd{margin-bottom:.6rem}
dd:last-child{margin-bottom:0}}
@media(prefers-color-scheme:dark){
:root{--ink:#e6ebf5;--soft:#9aa7c0;--line:#2b374f;--card:#172033;--ground:#0f1726;
--field:#111a2b;--brand:#0a2f4d;--brand-2:#1b6ca3}
input,button.quiet{border-color:#3b4a67}
button.quiet{color:#8cc4ee}
.note{background:#12301f}
.wrong{background:#3a1620;color:#ffc9d2}}
@media print{.top,footer,form{display:none}main{border:0;box-shadow:none;margin:0}}
)";
}

}  // namespace fakes
